package dev.runnel.web;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;

/**
 * Writes a response body as fast as the client reads it. Reactor Netty prefetches 128
 * buffers whatever their size, so buffers are kept small.
 */
public final class BodyPieces {

	private static final int MAX_BYTES = 8 * 1024;

	private BodyPieces() {
	}

	/**
	 * Cuts a body into small buffers.
	 * @param pieces pieces of any size; the next piece is requested when the previous one
	 * is used up
	 * @param factory creates the buffers
	 * @return the same bytes in buffers of at most 8 KiB
	 */
	public static Flux<DataBuffer> cut(Flux<byte[]> pieces, DataBufferFactory factory) {
		return pieces.concatMapIterable(BodyPieces::cut, 1).map(factory::wrap);
	}

	private static List<ByteBuffer> cut(byte[] piece) {
		return IntStream.iterate(0, (start) -> start < piece.length, (start) -> start + MAX_BYTES)
			.mapToObj((start) -> ByteBuffer.wrap(piece, start, Math.min(MAX_BYTES, piece.length - start)).slice())
			.toList();
	}

}
