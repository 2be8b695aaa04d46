package dev.runnel.imports;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.runnel.data.TemporaryFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamReadException;

/**
 * The attached files of the conversation that is being imported, on the disk until it is
 * stored. Safe for use by several threads: the client may leave while a file is read.
 */
final class ImportedFiles implements AutoCloseable {

	/** The maximum number of files of one conversation. */
	static final int MAX = 1000;

	private final TemporaryFiles folder;

	private final long maxBytes;

	private final List<Path> paths = new ArrayList<>();

	private long bytes;

	private boolean closed;

	/**
	 * Creates the place of the files.
	 * @param folder creates them
	 * @param settings the limits of an import; the files of one conversation have the
	 * size of an upload at most
	 */
	ImportedFiles(TemporaryFiles folder, ImportSettings settings) {
		this.folder = folder;
		this.maxBytes = settings.maxSize().toBytes();
	}

	/** Deletes the files of the previous conversation, which is stored. */
	synchronized void beginConversation() {
		this.paths.forEach(this.folder::delete);
		this.paths.clear();
		this.bytes = 0;
	}

	/**
	 * Reads a file.
	 * @param json the parser, at a text in Base64
	 * @return the file, deleted when the next conversation begins
	 * @throws RefusedException if the conversation has too many files, or too large ones
	 * @throws JacksonException if the text is not Base64
	 */
	Path read(JsonParser json) {
		Path path = create();
		try (Bounded out = new Bounded(Files.newOutputStream(path))) {
			json.readBinaryValue(out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (IllegalArgumentException ex) {
			throw new StreamReadException(json, "no Base64");
		}
		if (this.bytes > this.maxBytes) {
			throw RefusedException.tooLarge("has attached files of more than " + this.maxBytes + " bytes");
		}
		return path;
	}

	private synchronized Path create() {
		if (this.closed || this.paths.size() >= MAX) {
			throw RefusedException.tooLarge("has more than " + MAX + " attached files");
		}
		try {
			Path path = this.folder.create("import-file-");
			this.paths.add(path);
			return path;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		beginConversation();
	}

	/**
	 * Counts bytes, and writes them as long as they fit. It throws no
	 * {@link IOException}, which the parser would take for broken JSON.
	 */
	private final class Bounded extends OutputStream {

		private final OutputStream out;

		Bounded(OutputStream out) {
			this.out = new BufferedOutputStream(out);
		}

		@Override
		public void write(int value) {
			write(new byte[] { (byte) value }, 0, 1);
		}

		@Override
		public void write(byte[] piece, int offset, int length) {
			ImportedFiles.this.bytes += length;
			if (ImportedFiles.this.bytes > ImportedFiles.this.maxBytes) {
				return;
			}
			try {
				this.out.write(piece, offset, length);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public void close() throws IOException {
			this.out.close();
		}

	}

}
