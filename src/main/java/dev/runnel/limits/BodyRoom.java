package dev.runnel.limits;

import dev.runnel.memory.AddressRoom;
import dev.runnel.memory.MemoryAccount;
import dev.runnel.memory.MemoryUse;
import dev.runnel.web.ClientAddress;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Counts request bodies while they arrive, because each body is held in memory until it
 * is complete. So bodies that never end cannot fill the memory, and one address cannot
 * take all of it.
 */
final class BodyRoom {

	/** The overhead of each buffer, in bytes. */
	private static final long PIECE_BYTES = 512;

	private static final int ADDRESSES = 16;

	private final AddressRoom room;

	BodyRoom(MemoryAccount memory) {
		this.room = new AddressRoom(memory, MemoryUse.BODIES, ADDRESSES);
	}

	/**
	 * Counts a body until it has arrived or is cancelled.
	 * @param address the address of the client
	 * @param body the pieces of the body
	 * @return the same pieces; a problem if there is no room
	 */
	Flux<DataBuffer> count(ClientAddress address, Flux<DataBuffer> body) {
		return Flux.using(() -> this.room.open(address),
				(share) -> body.handle((piece, sink) -> take(share, piece, sink)), AddressRoom.Share::close);
	}

	private static void take(AddressRoom.Share share, DataBuffer piece, SynchronousSink<DataBuffer> sink) {
		if (share.tryTake(piece.readableByteCount() + PIECE_BYTES)) {
			sink.next(piece);
			return;
		}
		DataBufferUtils.release(piece);
		sink.error(MemoryAccount.noRoom());
	}

}
