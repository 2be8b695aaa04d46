package dev.runnel.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import dev.runnel.conversation.Title;
import org.jspecify.annotations.Nullable;

/**
 * Reads a zip: Runnel's own, with one file for each conversation, or that of ChatGPT or
 * Claude, of which only {@code conversations.json} and its numbered parts are read.
 * Entries are never written to disk, so their names cannot lead out of a directory. Such
 * names are refused all the same.
 */
final class ZipSource implements ImportSource {

	/**
	 * The memory for the entries of a zip, for each byte of its directory: the directory
	 * itself, and objects with the names.
	 */
	private static final int ENTRIES_BYTES = 6;

	private static final int MAX_NAME_CHARS = 200;

	private static final Pattern CONVERSATIONS = Pattern.compile("(?:.*/)?conversations(?:-\\d+)?\\.json");

	private static final Pattern LEADS_OUT = Pattern
		.compile("(?:^|.*[/\\\\])\\.\\.(?:[/\\\\].*|$)|[/\\\\].*|[A-Za-z]:.*");

	private final ZipFile zip;

	private final ConversationParser parser;

	private final UnpackBound bound;

	private final Iterator<ZipEntry> entries;

	private final Set<String> names = new HashSet<>();

	private @Nullable JsonSource file;

	/**
	 * Opens a zip.
	 * @param path the path of the zip
	 * @param parser reads a conversation
	 * @param settings the limits of an import
	 * @param heap takes bytes of the heap until the import ends; returns false if there
	 * is no room
	 * @throws RefusedException if the file is not a zip or exceeds a limit
	 * @throws IOException if the disk cannot be read
	 */
	ZipSource(Path path, ConversationParser parser, ImportSettings settings, LongPredicate heap) throws IOException {
		this.parser = parser;
		this.bound = new UnpackBound(settings, Files.size(path));
		if (!heap.test(ZipDirectory.size(path) * ENTRIES_BYTES)) {
			throw RefusedException.noMemory();
		}
		this.zip = open(path);
		try {
			this.entries = toRead().iterator();
		}
		catch (RefusedException ex) {
			this.zip.close();
			throw ex;
		}
	}

	private static ZipFile open(Path path) throws IOException {
		try {
			return new ZipFile(path.toFile(), StandardCharsets.UTF_8);
		}
		catch (ZipException ex) {
			throw new RefusedException("is not a zip that can be read", Cause.DAMAGED);
		}
	}

	private List<ZipEntry> toRead() {
		ZipDirectory.checkEntries(this.zip.size());
		List<ZipEntry> files = this.zip.stream()
			.map(ZipEntry.class::cast)
			.filter((entry) -> !entry.isDirectory())
			.toList();
		List<ZipEntry> named = files.stream()
			.filter((entry) -> CONVERSATIONS.matcher(entry.getName()).matches())
			.toList();
		List<ZipEntry> read = named.isEmpty() ? files : named;
		this.bound.checkDeclared(read.stream().mapToLong(ZipEntry::getSize).filter((size) -> size > 0).sum());
		return read;
	}

	@Override
	public @Nullable ImportItem next() {
		ImportItem item = (this.file != null) ? this.file.next() : null;
		while (item == null && this.entries.hasNext()) {
			item = first(this.entries.next());
		}
		return item;
	}

	private @Nullable ImportItem first(ZipEntry entry) {
		String name = Title.shorten(Title.line(entry.getName()), MAX_NAME_CHARS);
		String refusal = refusal(entry.getName());
		if (refusal != null) {
			return new ImportItem.Refused(name, refusal, isJson(entry.getName()) ? Cause.INVALID : Cause.UNKNOWN);
		}
		try {
			closeFile();
			this.file = new JsonSource(name, this.bound.of(this.zip.getInputStream(entry)), this.parser);
			return this.file.next();
		}
		catch (IOException ex) {
			return new ImportItem.Refused(name, "cannot be unpacked", Cause.DAMAGED);
		}
	}

	private @Nullable String refusal(String name) {
		if (LEADS_OUT.matcher(name).matches()) {
			return "has a name that leads out of the zip";
		}
		if (!this.names.add(name)) {
			return "occurs more than once";
		}
		return isJson(name) ? null : "is not JSON";
	}

	private static boolean isJson(String name) {
		return name.toLowerCase(Locale.ROOT).endsWith(".json");
	}

	private void closeFile() throws IOException {
		if (this.file != null) {
			this.file.close();
			this.file = null;
		}
	}

	@Override
	public void close() throws IOException {
		closeFile();
		this.zip.close();
	}

}
