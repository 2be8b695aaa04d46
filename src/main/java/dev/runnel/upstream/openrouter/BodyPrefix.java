package dev.runnel.upstream.openrouter;

import java.io.ByteArrayOutputStream;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * The beginning of a body that reports an error. The bytes arrive on an event loop, and a
 * timeout on another thread may ask for the report.
 */
final class BodyPrefix {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final int limit;

	BodyPrefix(int limit) {
		this.limit = limit;
	}

	/** Adds a buffer up to the limit, and releases it. */
	synchronized BodyPrefix append(DataBuffer buffer) {
		try {
			byte[] part = new byte[Math.min(buffer.readableByteCount(), this.limit - this.bytes.size())];
			buffer.read(part);
			this.bytes.writeBytes(part);
		}
		finally {
			DataBufferUtils.release(buffer);
		}
		return this;
	}

	synchronized boolean isFull() {
		return this.bytes.size() == this.limit;
	}

	synchronized ErrorReport report() {
		return ErrorReport.read(this.bytes.toByteArray(), 0, this.bytes.size());
	}

}
