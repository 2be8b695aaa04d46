package dev.runnel.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import dev.runnel.data.TemporaryFiles;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/**
 * A request body in a temporary file, because it may be too large for the memory.
 */
final class UploadedFile {

	private static final Logger log = LoggerFactory.getLogger(UploadedFile.class);

	/** Timeout: the longest pause between two buffers of the body. */
	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final Path path;

	private final DataSize max;

	private final Duration maxTime;

	private final UploadRoom.Share room;

	private long bytes;

	private UploadedFile(Path path, ImportSettings settings, UploadRoom.Share room) {
		this.path = path;
		this.max = settings.maxSize();
		this.maxTime = settings.maxUploadTime();
		this.room = room;
	}

	/**
	 * Creates an empty file that only the user of this process can read.
	 * @param files the directory of the file
	 * @param settings the largest size, and the longest time of an upload
	 * @param room the room of the upload on the disk; closed after the deletion
	 * @return the file
	 */
	static Mono<UploadedFile> create(TemporaryFiles files, ImportSettings settings, UploadRoom.Share room) {
		return Mono.fromCallable(() -> new UploadedFile(files.create("import-"), settings, room))
			.onErrorMap(IOException.class, UploadedFile::noRoom)
			.subscribeOn(Schedulers.boundedElastic());
	}

	/**
	 * Writes a body to the file.
	 * @param body the body
	 * @return the path of the file; a problem if the body is too large, stops, takes too
	 * long, or cannot be written
	 */
	Mono<Path> receive(Flux<DataBuffer> body) {
		return DataBufferUtils.write(body.timeout(TIMEOUT).<DataBuffer>handle(this::count), this.path)
			.timeout(this.maxTime)
			.onErrorMap(IOException.class, UploadedFile::noRoom)
			.onErrorMap(TimeoutException.class,
					(ex) -> ProblemException.of(ErrorCode.INVALID_REQUEST, "The file did not arrive in time."))
			.thenReturn(this.path);
	}

	private void count(DataBuffer buffer, SynchronousSink<DataBuffer> sink) {
		try {
			take(buffer.readableByteCount());
			sink.next(buffer);
		}
		catch (ProblemException ex) {
			DataBufferUtils.release(buffer);
			sink.error(ex);
		}
	}

	private void take(int more) {
		this.bytes += more;
		if (this.bytes > this.max.toBytes()) {
			throw tooLarge(this.max);
		}
		this.room.take(more);
	}

	/**
	 * Creates the problem for a file that is too large.
	 * @param max the largest size allowed
	 * @return the problem
	 */
	static ProblemException tooLarge(DataSize max) {
		return ProblemException.of(ErrorCode.PAYLOAD_TOO_LARGE,
				"The file may have at most " + max.toMegabytes() + " MB.");
	}

	private static ProblemException noRoom(IOException ex) {
		log.error("An uploaded file cannot be stored: {}", String.valueOf(ex.getMessage()));
		return ProblemException.of(HttpStatus.SERVICE_UNAVAILABLE, ErrorCode.INTERNAL,
				"The file cannot be stored on the server right now.");
	}

	/**
	 * Deletes the file.
	 * @return completes after the deletion
	 */
	Mono<Void> delete() {
		return Mono.<Void>fromRunnable(() -> {
			try {
				Files.deleteIfExists(this.path);
			}
			catch (IOException ex) {
				log.warn("The uploaded file {} cannot be deleted: {}", this.path, String.valueOf(ex.getMessage()));
			}
			this.room.close();
		}).subscribeOn(Schedulers.boundedElastic());
	}

}
