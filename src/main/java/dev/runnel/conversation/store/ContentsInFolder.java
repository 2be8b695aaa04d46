package dev.runnel.conversation.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.runnel.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Keeps the bytes of files in a folder of the data directory, beside the embedded
 * database.
 */
final class ContentsInFolder implements AttachmentContents {

	/** The name of the folder in the data directory. */
	static final String NAME = "files";

	private static final Logger log = LoggerFactory.getLogger(ContentsInFolder.class);

	private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

	private final Path folder;

	private ContentsInFolder(Path folder) {
		this.folder = folder;
	}

	/**
	 * Creates the folder.
	 * @param data the data directory
	 * @return the contents in it
	 * @throws IOException if the folder cannot be created
	 */
	static ContentsInFolder in(Path data) throws IOException {
		return new ContentsInFolder(Files.createDirectories(data.resolve(NAME)));
	}

	private Path file(UUID id) {
		return this.folder.resolve(id.toString());
	}

	@Override
	public Mono<Void> write(DatabaseClient client, UUID id, Path from) {
		return Mono.fromCallable(() -> Files.copy(from, file(id), StandardCopyOption.REPLACE_EXISTING))
			.subscribeOn(Schedulers.boundedElastic())
			.then();
	}

	@Override
	public Flux<byte[]> read(UUID id) {
		return Flux.using(() -> Files.newInputStream(file(id)), ContentsInFolder::pieces, ContentsInFolder::close)
			.onErrorMap(NoSuchFileException.class, (ex) -> ProblemException.notFound("file"))
			.subscribeOn(Schedulers.boundedElastic());
	}

	static Flux<byte[]> pieces(InputStream in) {
		return Flux.generate((SynchronousSink<byte[]> sink) -> {
			byte[] piece = next(in);
			if (piece.length > 0) {
				sink.next(piece);
			}
			else {
				sink.complete();
			}
		});
	}

	private static byte[] next(InputStream in) {
		try {
			return in.readNBytes(PIECE_BYTES);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static void close(InputStream in) {
		try {
			in.close();
		}
		catch (IOException ex) {
			log.warn("A stored file cannot be closed: {}", String.valueOf(ex.getMessage()));
		}
	}

	@Override
	public Mono<Void> delete(UUID id) {
		return Mono.fromCallable(() -> Files.deleteIfExists(file(id))).subscribeOn(Schedulers.boundedElastic()).then();
	}

	/**
	 * Lists the contents that an earlier process has written, also those whose row was
	 * not committed: a process that is killed may leave some.
	 * @param start the start of this process
	 * @return the ids of the contents
	 */
	Flux<UUID> writtenBefore(Instant start) {
		return Mono.fromCallable(() -> list(start.toEpochMilli()))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMapIterable(Function.identity());
	}

	private List<UUID> list(long start) throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.map(Path::toFile)
				.filter((file) -> ID.matcher(file.getName()).matches() && file.lastModified() < start)
				.map((file) -> UUID.fromString(file.getName()))
				.toList();
		}
	}

}
