package dev.runnel.upstream.openrouter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.memory.MemoryUse;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class PictureCutterTests {

	private final MemoryAccount memory = MemoryAccount.of(DataSize.ofMegabytes(8));

	private final EventReader events = new EventReader(4096);

	private final PictureCutter cutter = new PictureCutter(this.events, this.memory, 1024 * 1024);

	private static byte[] noise(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

	private static String event(String... urls) {
		StringBuilder images = new StringBuilder();
		for (String url : urls) {
			images.append(images.isEmpty() ? "" : ",")
				.append("{\"type\":\"image_url\",\"image_url\":{\"url\":\"")
				.append(url)
				.append("\"}}");
		}
		return "data: {\"choices\":[{\"delta\":{\"content\":\"\",\"images\":[" + images + "]}}]}\n\n";
	}

	private static String url(byte[] picture) {
		return "data:image/png;base64," + Base64.getEncoder().encodeToString(picture);
	}

	/** Reads an answer in buffers of a size, and returns the addresses in its chunks. */
	private List<String> read(String answer, int size) {
		byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
		List<String> urls = new ArrayList<>();
		for (int at = 0; at < bytes.length; at += size) {
			DataBuffer buffer = DefaultDataBufferFactory.sharedInstance
				.wrap(Arrays.copyOfRange(bytes, at, Math.min(at + size, bytes.length)));
			while (buffer.readableByteCount() > 0) {
				this.cutter.append(buffer);
				readEvents(urls);
			}
		}
		return urls;
	}

	private void readEvents(List<String> urls) {
		while (this.events.next()) {
			urls.addAll(
					ChunkReader.read(this.events.array(), this.events.offset(), this.events.length(), true).pictures());
		}
	}

	private byte[] taken(String url) {
		PictureCutter.Cut cut = Objects.requireNonNull(this.cutter.take(url));
		assertThat(cut.refusal()).isNull();
		ByteArrayOutputStream whole = new ByteArrayOutputStream();
		cut.picture().pieces().forEach(whole::writeBytes);
		cut.picture().close();
		return whole.toByteArray();
	}

	private String refusal(String answer) {
		return Objects.requireNonNull(Objects.requireNonNull(this.cutter.take(read(answer, 1000).get(0))).refusal());
	}

	@Test
	void picturesAreCutOutWhereverTheNetworkCutsThem() {
		byte[] first = noise(100);
		byte[] second = noise(101);
		byte[] third = noise(102);
		String answer = event(url(first), url(second)) + event(url(third));
		for (int size = 1; size < answer.length(); size++) {
			List<String> urls = read(answer, size);
			assertThat(urls).hasSize(3);
			assertThat(taken(urls.get(0))).isEqualTo(first);
			assertThat(taken(urls.get(1))).isEqualTo(second);
			assertThat(taken(urls.get(2))).isEqualTo(third);
		}
		assertThat(this.memory.used()).isZero();
	}

	@Test
	void aPictureLargerThanAnEventIsDecodedAsItArrives() {
		byte[] picture = noise(1000 * 1000);
		List<String> urls = read(event(url(picture)), 30_000);
		assertThat(this.memory.used()).isBetween(1_000_000L, 1_100_000L);
		assertThat(taken(urls.get(0))).isEqualTo(picture);
		assertThat(this.memory.used()).isZero();
	}

	@Test
	void blanksAndEscapedSlashesAreRead() {
		byte[] picture = noise(3000);
		String answer = event(url(picture)).replace("/", "\\/").replace("\"url\":", "\"url\" : ");
		assertThat(taken(read(answer, 500).get(0))).isEqualTo(picture);
	}

	@Test
	void charactersThatAreEscapedByTheirNumberAreRead() {
		byte[] picture = noise(3001);
		String answer = event(url(picture)).replace("+", "\\u002B").replace("=", "\\u003d");
		assertThat(answer).contains("\\u002B", "\\u003d");
		assertThat(taken(read(answer, 7).get(0))).isEqualTo(picture);
	}

	@Test
	void anAddressWithANumberSignTakesNoPicture() {
		byte[] picture = noise(100);
		List<String> urls = read(event("data:image/svg+xml,<svg fill='#fff'/>", url(picture)), 50);
		assertThat(this.cutter.take(urls.get(0))).isNull();
		assertThat(taken(urls.get(1))).isEqualTo(picture);
	}

	@Test
	void picturesThatNobodyTakesGiveTheirMemoryBack() {
		String[] pictures = new String[20];
		Arrays.fill(pictures, url(noise(100)));
		List<String> urls = read(event(pictures), 50);
		assertThat(this.cutter.take(urls.get(3))).isNull();
		assertThat(taken(urls.get(4))).isEqualTo(noise(100));
		this.cutter.close();
		assertThat(this.memory.used()).isZero();
	}

	@Test
	void aPictureThatIsTooLargeIsNotKept() {
		assertThat(refusal(event(url(noise(1024 * 1024 + 1))))).isEqualTo("It is larger than 1 MB.");
		assertThat(this.memory.used()).isZero();
	}

	@Test
	void brokenBase64IsRefused() {
		assertThat(refusal(event("data:image/png;base64,AAAA*AAA"))).contains("Base64");
		assertThat(refusal(event("data:image/png;base64,AAAAA"))).contains("Base64");
		assertThat(refusal(event("data:image/png;base64,AA==AA"))).contains("Base64");
	}

	@Test
	void aPictureWithoutMemoryIsRefused() {
		this.memory.count(MemoryUse.IMPORTS, DataSize.ofMegabytes(6).toBytes());
		assertThat(refusal(event(url(noise(100))))).contains("memory");
	}

	@Test
	void otherAddressesStay() {
		assertThat(read(event("https://a.example/1.png", "data:image/svg+xml,<svg>"), 7))
			.containsExactly("https://a.example/1.png", "data:image/svg+xml,<svg>");
		assertThat(this.cutter.take("https://a.example/#1")).isNull();
	}

	@Test
	void textThatLooksLikeAPictureStays() {
		String text = "data: {\"choices\":[{\"delta\":{\"content\":\"\\\"url\\\":\\\"data:image/png;base64,AAAA\\\"\"}}]}\n\n";
		this.cutter.append(DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8)));
		assertThat(this.events.next()).isTrue();
		Chunk chunk = ChunkReader.read(this.events.array(), this.events.offset(), this.events.length(), true);
		assertThat(chunk.text()).isEqualTo("\"url\":\"data:image/png;base64,AAAA\"");
	}

	@Test
	void aPictureThatBreaksOffReleasesItsMemory() {
		String answer = event(url(noise(100_000)));
		read(answer.substring(0, answer.length() / 2), 1000);
		assertThat(this.cutter.isCutting()).isTrue();
		this.cutter.close();
		assertThat(this.memory.used()).isZero();
	}

}
