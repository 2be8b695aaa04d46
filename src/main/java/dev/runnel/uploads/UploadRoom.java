package dev.runnel.uploads;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import dev.runnel.web.Caller;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;

import org.springframework.util.unit.DataSize;

/**
 * Limits the size of all uploaded files on the disk at the same time. One address may use
 * only a part of it, so that its slow uploads leave room for others. Safe for use by
 * several threads.
 */
public final class UploadRoom {

	private static final int FILES = 8;

	private static final int FILES_PER_ADDRESS = 2;

	private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

	private final long max;

	private final long maxPerAddress;

	private final Map<String, Long> addresses = new HashMap<>();

	private long used;

	/**
	 * Creates the room.
	 * @param largest the largest file
	 */
	public UploadRoom(DataSize largest) {
		this.max = FILES * largest.toBytes();
		this.maxPerAddress = FILES_PER_ADDRESS * largest.toBytes();
	}

	/**
	 * Begins an upload.
	 * @param caller the sender
	 * @return the room of the upload; close it after the file is deleted
	 */
	public Share begin(Caller caller) {
		return new Share(caller.address().network(), caller.limited() ? this.maxPerAddress : this.max);
	}

	private synchronized boolean tryTake(Share share, long bytes) {
		long own = this.addresses.getOrDefault(share.address, 0L) + bytes;
		boolean fits = !share.closed && this.used + bytes <= this.max && own <= share.bound;
		if (fits) {
			this.used += bytes;
			this.addresses.put(share.address, own);
			share.bytes += bytes;
		}
		return fits;
	}

	private synchronized void close(Share share) {
		this.used -= share.bytes;
		this.addresses.computeIfPresent(share.address, (same, own) -> (own > share.bytes) ? own - share.bytes : null);
		share.bytes = 0;
		share.closed = true;
	}

	/** The room of one upload. */
	public final class Share implements AutoCloseable {

		private final String address;

		private final long bound;

		private long bytes;

		/** Whether the upload has ended. A late buffer of its body is not counted. */
		private boolean closed;

		private Share(String address, long bound) {
			this.address = address;
			this.bound = bound;
		}

		/**
		 * Takes more room.
		 * @param more the additional bytes
		 * @throws ProblemException with status 503 if there is no room
		 */
		public void take(long more) {
			if (!tryTake(this, more)) {
				throw ProblemException.unavailable(Reason.UPLOADS_BUSY, RETRY_AFTER);
			}
		}

		@Override
		public void close() {
			UploadRoom.this.close(this);
		}

	}

}
