package dev.runnel.uploads;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

import dev.runnel.data.TemporaryFiles;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.util.unit.DataSize;

/**
 * A request body in a temporary file, because it may be too large for the memory.
 */
public final class UploadedFile {

	private static final Logger log = LoggerFactory.getLogger(UploadedFile.class);

	/** Timeout: the longest pause between two buffers of the body. */
	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final TemporaryFiles files;

	private final String prefix;

	private final DataSize max;

	private final Duration maxTime;

	private final UploadRoom.Share room;

	private long bytes;

	/** Null before the file exists. */
	private @Nullable Path path;

	private boolean ended;

	/**
	 * Prepares an upload.
	 * @param files the directory of the file
	 * @param prefix the beginning of the name of the file
	 * @param max the largest size
	 * @param maxTime the longest time of the upload
	 * @param room the room of the upload on the disk; closed after the deletion
	 */
	public UploadedFile(TemporaryFiles files, String prefix, DataSize max, Duration maxTime, UploadRoom.Share room) {
		this.files = files;
		this.prefix = prefix;
		this.max = max;
		this.maxTime = maxTime;
		this.room = room;
	}

	/**
	 * Writes a body to a new file that only the user of this process can read.
	 * @param body the body
	 * @return the path of the file; a problem if the body is too large, stops, takes too
	 * long, or cannot be written
	 */
	public Mono<Path> receive(Flux<DataBuffer> body) {
		return Mono.fromCallable(this::create)
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((file) -> write(body, file).thenReturn(file))
			.onErrorMap(IOException.class, UploadedFile::noRoom)
			.onErrorMap(TimeoutException.class, (ex) -> ProblemException.of(Reason.FILE_LATE));
	}

	/** Creates the file, unless the upload has ended: nothing would delete it then. */
	private synchronized Path create() throws IOException {
		if (this.ended) {
			throw new CancellationException("the upload has ended");
		}
		Path file = this.files.create(this.prefix);
		this.path = file;
		return file;
	}

	/** Writes the body. A file that was deleted meanwhile is not created again. */
	private Mono<Void> write(Flux<DataBuffer> body, Path file) {
		return DataBufferUtils
			.write(body.timeout(TIMEOUT).<DataBuffer>handle(this::count), file, StandardOpenOption.WRITE)
			.timeout(this.maxTime);
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
	 * Creates the problem for a file that is larger than allowed.
	 * @param max the largest size
	 * @return the problem
	 */
	public static ProblemException tooLarge(DataSize max) {
		return ProblemException.of(Reason.FILE_TOO_LARGE, max.toMegabytes());
	}

	private static ProblemException noRoom(IOException ex) {
		log.error("An uploaded file cannot be stored: {}", String.valueOf(ex.getMessage()));
		return ProblemException.unavailable(Reason.FILE_NOT_STORED, null);
	}

	/**
	 * Ends the upload and deletes the file.
	 * @return completes after the deletion
	 */
	public Mono<Void> delete() {
		return Mono.<Void>fromRunnable(this::end).subscribeOn(Schedulers.boundedElastic());
	}

	private synchronized void end() {
		this.ended = true;
		if (this.path != null) {
			this.files.delete(this.path);
		}
		this.room.close();
	}

}
