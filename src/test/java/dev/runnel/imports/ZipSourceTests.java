package dev.runnel.imports;

import java.util.Map;
import java.util.TreeMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.runnel.export.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Uploaded zips. Nothing in them is trusted.
 */
class ZipSourceTests {

	private static final String FILE = Samples.json(Samples.branched());

	@TempDir
	private Path folder;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final ZipOutputStream zip = new ZipOutputStream(this.bytes);

	private ZipSourceTests add(String name, String content) throws IOException {
		return add(name, content.getBytes(StandardCharsets.UTF_8));
	}

	private ZipSourceTests add(String name, byte[] content) throws IOException {
		this.zip.putNextEntry(new ZipEntry(name));
		this.zip.write(content);
		this.zip.closeEntry();
		return this;
	}

	private byte[] zipped() throws IOException {
		this.zip.close();
		return this.bytes.toByteArray();
	}

	private List<ImportItem> read(byte[] zip) throws IOException {
		Path path = Files.write(this.folder.resolve("file"), zip);
		try (ZipSource source = new ZipSource(path, ImportSamples.parser(ImportSamples.SETTINGS),
				ImportSamples.SETTINGS, (bytes) -> true)) {
			return ImportSamples.all(source);
		}
	}

	private static List<String> places(List<ImportItem> items) {
		return items.stream()
			.map((item) -> (item instanceof ImportItem.Refused refused) ? refused.where() + ": " + refused.reason()
					: item.where())
			.toList();
	}

	@Test
	void readsWhatTheWriterWrote() throws IOException {
		List<ImportItem> items = read(Samples.zip(new TreeMap<>(Map.of("one.json", FILE, "two.json", FILE))));
		assertThat(items.stream().map(ImportItem::where)).containsExactly("one.json", "two.json");
		assertThat(items).allMatch((item) -> item instanceof ImportItem.Found);
	}

	@Test
	void anEmptyZipHoldsNothing() throws IOException {
		assertThat(read(zipped())).isEmpty();
	}

	@Test
	void namesFilesThatAreNoConversation() throws IOException {
		byte[] zip = add("a.json", "{").add("b.txt", "x")
			.add("c.json", FILE)
			.add("d.json", "[" + FILE + ",1]")
			.zipped();
		assertThat(places(read(zip))).containsExactly("a.json: is not well-formed JSON at line 1, column 2",
				"b.txt: is not JSON", "c.json", "d.json [0]", "d.json [1]: is not a conversation");
	}

	@ParameterizedTest
	@ValueSource(strings = { "../a.json", "x/../../a.json", "/a.json", "C:\\a.json", "..\\a.json", ".." })
	void aNameThatLeadsOutIsRefused(String name) throws IOException {
		assertThat(places(read(add(name, FILE).zipped())))
			.containsExactly(name + ": has a name that leads out of the zip");
	}

	@Test
	void aNameThatIsThereTwiceIsReadOnce() throws IOException {
		byte[] zip = add("a.json", FILE).add("b.json", FILE).zipped();
		for (int i = 0; i < zip.length - 6; i++) {
			if (new String(zip, i, 6, StandardCharsets.ISO_8859_1).equals("b.json")) {
				zip[i] = 'a';
			}
		}
		assertThat(places(read(zip))).containsExactly("a.json", "a.json: occurs more than once");
	}

	@Test
	void ofChatGptsZipOnlyTheConversationsCount() throws IOException {
		String chatGpt = new String(
				ZipSourceTests.class.getResourceAsStream("/export/chatgpt-conversations.json").readAllBytes(),
				StandardCharsets.UTF_8);
		byte[] zip = add("user.json", "{}").add("conversations.json", chatGpt).add("chat.html", "<html>").zipped();
		assertThat(places(read(zip))).containsExactly("conversations.json [0]", "conversations.json [1]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "PK", "not a zip at all, but long enough to hold the end of a directory" })
	void refusesFilesThatAreNoZip(String content) {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> read(content.getBytes(StandardCharsets.UTF_8)))
			.withMessage("is not a zip that can be read");
	}

	@Test
	void aZipThatIsCutIsRefused() throws IOException {
		byte[] zip = add("a.json", FILE).zipped();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> read(Arrays.copyOf(zip, zip.length - 30)));
	}

	@Test
	void aFileThatIsBrokenDoesNotKeepTheOthersOut() throws IOException {
		byte[] zip = add("a.json", FILE).add("b.json", FILE).zipped();
		Arrays.fill(zip, 45, 60, (byte) 0xFF);
		List<String> places = places(read(zip));
		assertThat(places.get(0)).startsWith("a.json: ");
		assertThat(places.get(1)).isEqualTo("b.json");
	}

	@Test
	void aBombIsRefusedBeforeAnythingIsRead() throws IOException {
		byte[] zeros = new byte[1 << 20];
		this.zip.putNextEntry(new ZipEntry("bomb.json"));
		for (int i = 0; i < 64; i++) {
			this.zip.write(zeros);
		}
		this.zip.closeEntry();
		byte[] bomb = zipped();
		assertThat(bomb).hasSizeLessThan(1 << 20);
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> read(bomb))
			.withMessage("unpacks to more than 16777216 bytes");
	}

	@Test
	void aBombThatLiesAboutItsSizeIsStopped() throws IOException {
		byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
		this.zip.putNextEntry(new ZipEntry("bomb.json"));
		for (int i = 0; i < 64; i++) {
			this.zip.write(spaces);
		}
		this.zip.closeEntry();
		byte[] bomb = zipped();
		int directory = indexOf(bomb, new byte[] { 'P', 'K', 1, 2 });
		Arrays.fill(bomb, directory + 24, directory + 28, (byte) 0);
		bomb[directory + 24] = 9;
		List<ImportItem> items = read(bomb);
		assertThat(items).hasSize(1);
		assertThat(places(items).get(0)).containsPattern("unpacks to more than|cannot be unpacked");
	}

	private static int indexOf(byte[] bytes, byte[] part) {
		for (int i = 0; i <= bytes.length - part.length; i++) {
			if (Arrays.equals(Arrays.copyOfRange(bytes, i, i + part.length), part)) {
				return i;
			}
		}
		throw new AssertionError("not there");
	}

	@Test
	void theBoundCountsAllFilesTogether() throws IOException {
		ImportSettings small = new ImportSettings(DataSize.ofMegabytes(1), Duration.ofMinutes(5),
				DataSize.ofBytes(FILE.length() * 2L), 10, 5000, 1000, 100_000);
		byte[] zip = add("a.json", FILE).add("b.json", FILE).add("c.json", FILE).zipped();
		Path path = Files.write(this.folder.resolve("file"), zip);
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> new ZipSource(path, ImportSamples.parser(small), small, (bytes) -> true))
			.withMessageContaining("unpacks to more than");
	}

	@Test
	void aDirectoryThatIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
		String name = "x".repeat(60_000);
		for (int i = 0; i < 150; i++) {
			this.zip.putNextEntry(new ZipEntry(i + name));
		}
		byte[] large = zipped();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> read(large))
			.withMessage("has a directory of more than 8388608 bytes");
	}

	@Test
	void aZipThatDeclaresTooManyFilesInItsLargeEndIsRefusedBeforeItIsRead() throws IOException {
		byte[] zip = add("a.json", FILE).zipped();
		int end = indexOf(zip, new byte[] { 'P', 'K', 5, 6 });
		ByteBuffer large = ByteBuffer.allocate(zip.length + 76).order(ByteOrder.LITTLE_ENDIAN);
		large.put(zip, 0, end);
		large.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45).putInt(0).putInt(0);
		large.putLong(1L << 30).putLong(1L << 30).putLong(directoryBytes(zip, end)).putLong(directoryAt(zip, end));
		large.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
		large.put(zip, end, zip.length - end);
		large.putShort(end + 76 + 8, (short) 0xFFFF).putShort(end + 76 + 10, (short) 0xFFFF);
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> read(large.array()))
			.withMessage("holds more than 50000 files");
	}

	private static int directoryBytes(byte[] zip, int end) {
		return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(end + 12);
	}

	private static int directoryAt(byte[] zip, int end) {
		return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(end + 16);
	}

	@Test
	void aZipWithoutMemoryForItsDirectoryIsRefused() throws IOException {
		Path path = Files.write(this.folder.resolve("file"), add("a.json", FILE).zipped());
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> new ZipSource(path, ImportSamples.parser(ImportSamples.SETTINGS), ImportSamples.SETTINGS,
					(bytes) -> bytes <= 52))
			.withMessageContaining("needs more memory");
	}

	@Test
	void tooManyFilesAreRefused() throws IOException {
		List<String> names = new ArrayList<>();
		for (int i = 0; i <= 50_000; i++) {
			names.add(i + ".txt");
		}
		for (String name : names) {
			this.zip.putNextEntry(new ZipEntry(name));
		}
		byte[] zip = zipped();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> read(zip))
			.withMessage("holds more than 50000 files");
	}

}
