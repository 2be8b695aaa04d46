package dev.runnel.imports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/**
 * Reads the items of an uploaded file.
 *
 * @param parser reads a conversation
 * @param settings the limits of an import
 */
record UploadedItems(ConversationParser parser, ImportSettings settings) {

	private static final Logger log = LoggerFactory.getLogger(UploadedItems.class);

	/**
	 * Reads a file, one item for each request. The subscriber's thread reads from the
	 * disk.
	 * @param path the path of the file
	 * @param zip whether the file is a zip; otherwise it is JSON
	 * @param taken the memory of the import
	 * @param files keeps the attached files of each conversation
	 * @return the items; a {@link RefusedException} if the whole file is refused
	 */
	Flux<ImportItem> items(Path path, boolean zip, ImportMemory taken, ImportedFiles files) {
		return Flux.using(() -> open(path, zip, taken, files), UploadedItems::items, UploadedItems::close);
	}

	private ImportSource open(Path path, boolean zip, ImportMemory taken, ImportedFiles files) throws IOException {
		try {
			return source(path, zip, taken, files);
		}
		catch (Error ex) {
			throw brokeOff(ex);
		}
	}

	private ImportSource source(Path path, boolean zip, ImportMemory taken, ImportedFiles files) throws IOException {
		ConversationParser within = this.parser.within(taken, files);
		return zip ? new ZipSource(path, within, this.settings, taken::keep)
				: new JsonSource("", new BufferedInputStream(Files.newInputStream(path)), within);
	}

	private static Flux<ImportItem> items(ImportSource source) {
		return Flux.generate((SynchronousSink<ImportItem> sink) -> {
			try {
				ImportItem item = source.next();
				if (item != null) {
					sink.next(item);
				}
				else {
					sink.complete();
				}
			}
			catch (Error ex) {
				sink.error(brokeOff(ex));
			}
		});
	}

	/**
	 * Wraps an error such as a stack overflow. Reactor rethrows errors of the virtual
	 * machine in the current thread instead of signalling them, so the request would
	 * hang. No file may cause that.
	 */
	private static IllegalStateException brokeOff(Error error) {
		return new IllegalStateException("An import broke off", error);
	}

	private static void close(ImportSource source) {
		try {
			source.close();
		}
		catch (IOException ex) {
			log.warn("An uploaded file cannot be closed: {}", String.valueOf(ex.getMessage()));
		}
	}

}
