package dev.runnel.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.runnel.web.ClientAddress;

/**
 * The memory of one kind of work, shared among addresses: one address cannot take all of
 * it.
 */
public final class AddressRoom {

	private final MemoryAccount account;

	private final MemoryUse use;

	private final long most;

	private final Map<String, Long> byAddress = new ConcurrentHashMap<>();

	/**
	 * Creates the room.
	 * @param account the account of all memory
	 * @param use the kind of work
	 * @param addresses the number of equal shares; one address gets at most one
	 */
	public AddressRoom(MemoryAccount account, MemoryUse use, int addresses) {
		this.account = account;
		this.use = use;
		this.most = account.max() / addresses;
	}

	/**
	 * Starts a piece of work without any memory.
	 * @param address the address of the client
	 * @return the share; close it at the end of the work
	 */
	public Share open(ClientAddress address) {
		return new Share(address.network());
	}

	/** The memory of one piece of work. It may be closed at any time. */
	public final class Share implements AutoCloseable {

		private final String network;

		private final MemoryReservation taken;

		private Share(String network) {
			this.network = network;
			this.taken = AddressRoom.this.account.count(AddressRoom.this.use, 0);
		}

		/**
		 * Takes memory if there is room. The first piece of work of an address may be
		 * larger than its share.
		 * @param bytes the additional bytes
		 * @return false if there is no room or the work has ended; then nothing is taken
		 */
		public synchronized boolean tryTake(long bytes) {
			long sum = AddressRoom.this.byAddress.merge(this.network, bytes, Long::sum);
			boolean fits = fits(sum, bytes) && this.taken.tryBegin(bytes);
			if (!fits) {
				giveBack(bytes);
			}
			return fits;
		}

		private boolean fits(long sum, long bytes) {
			return sum == bytes || sum <= AddressRoom.this.most;
		}

		private void giveBack(long bytes) {
			AddressRoom.this.byAddress.computeIfPresent(this.network, (key, sum) -> (sum > bytes) ? sum - bytes : null);
		}

		@Override
		public synchronized void close() {
			giveBack(this.taken.bytes());
			this.taken.close();
		}

	}

}
