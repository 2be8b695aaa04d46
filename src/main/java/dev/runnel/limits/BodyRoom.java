package dev.runnel.limits;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.memory.MemoryReservation;
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

	private final MemoryAccount memory;

	private final Map<String, Long> byAddress = new ConcurrentHashMap<>();

	BodyRoom(MemoryAccount memory) {
		this.memory = memory;
	}

	/**
	 * Counts a body until it has arrived or is cancelled.
	 * @param address the address of the client
	 * @param body the pieces of the body
	 * @return the same pieces; a problem if there is no room
	 */
	Flux<DataBuffer> count(ClientAddress address, Flux<DataBuffer> body) {
		return Flux.using(() -> new Held(address.network()), (held) -> body.handle(held::take), Held::close);
	}

	/** The memory of one body. */
	private final class Held {

		private final String network;

		private final MemoryReservation taken = BodyRoom.this.memory.count(MemoryUse.BODIES, 0);

		Held(String network) {
			this.network = network;
		}

		void take(DataBuffer piece, SynchronousSink<DataBuffer> sink) {
			long bytes = piece.readableByteCount() + PIECE_BYTES;
			if (tryTake(bytes)) {
				sink.next(piece);
				return;
			}
			DataBufferUtils.release(piece);
			sink.error(MemoryAccount.noRoom());
		}

		private boolean tryTake(long bytes) {
			long most = BodyRoom.this.memory.max() / ADDRESSES;
			boolean fits = BodyRoom.this.byAddress.getOrDefault(this.network, 0L) + bytes <= most
					&& this.taken.tryBegin(bytes);
			if (fits) {
				BodyRoom.this.byAddress.merge(this.network, bytes, Long::sum);
			}
			return fits;
		}

		void close() {
			long bytes = this.taken.bytes();
			BodyRoom.this.byAddress.computeIfPresent(this.network, (key, sum) -> (sum > bytes) ? sum - bytes : null);
			this.taken.close();
		}

	}

}
