package dev.runnel.web;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;

/**
 * A response's body that is written as fast as it is read. The HTTP server asks for 128
 * buffers ahead of a reader, however large they are: so none is.
 */
public final class BodyPieces {

	private static final int MAX_BYTES = 16 * 1024;

	private BodyPieces() {
	}

	/**
	 * Cuts what is written into small buffers.
	 * @param pieces of any size; the next is asked for when all of one was taken
	 * @param factory makes the buffers
	 * @return the same bytes in buffers of at most 16 KiB
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
