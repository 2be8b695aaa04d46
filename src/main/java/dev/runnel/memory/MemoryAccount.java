package dev.runnel.memory;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import dev.runnel.web.LogPause;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Counts the heap that work takes, and keeps the total below one limit.
 * <p>
 * New work may fill three quarters of the limit. The last quarter is left for started
 * work to grow. When memory runs short, ended streams and temporary chats are evicted,
 * oldest first. If that is not enough, new work is refused, and started work that cannot
 * grow must end. The figures are estimates based on measured sizes; the limit leaves room
 * for their error. Nothing here blocks.
 */
@Component
public final class MemoryAccount {

	private static final Logger log = LoggerFactory.getLogger(MemoryAccount.class);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private final long max;

	private final AtomicLong used = new AtomicLong();

	private final Map<MemoryUse, AtomicLong> uses = new EnumMap<>(MemoryUse.class);

	private final Map<MemoryUse, BooleanSupplier> evictors = new ConcurrentSkipListMap<>();

	private final LogPause pause = new LogPause();

	@Autowired
	MemoryAccount(MemorySettings settings) {
		this(settings.bound(Runtime.getRuntime().maxMemory()));
	}

	private MemoryAccount(long max) {
		this.max = max;
		for (MemoryUse use : MemoryUse.values()) {
			this.uses.put(use, new AtomicLong());
		}
	}

	/**
	 * Creates an account with nothing taken.
	 * @param max the limit
	 * @return the account
	 */
	public static MemoryAccount of(DataSize max) {
		return new MemoryAccount(max.toBytes());
	}

	/**
	 * Reserves memory for new work.
	 * @param use the kind of work
	 * @param bytes the bytes needed at first
	 * @return the reservation; close it at the end of the work
	 * @throws ProblemException with status 503 if there is no room
	 */
	public MemoryReservation begin(MemoryUse use, long bytes) {
		MemoryReservation reservation = new MemoryReservation(this, use);
		if (!reservation.tryBegin(bytes)) {
			throw noRoom();
		}
		return reservation;
	}

	/**
	 * Counts memory that is already in use, even if it exceeds the limit.
	 * @param use the kind of work
	 * @param bytes the bytes in use; may be 0
	 * @return the reservation; close it at the end of the work
	 */
	public MemoryReservation count(MemoryUse use, long bytes) {
		MemoryReservation reservation = new MemoryReservation(this, use);
		reservation.set(bytes);
		return reservation;
	}

	/**
	 * Registers how to evict one kind of work.
	 * @param use the kind of work
	 * @param evictOldest evicts the oldest piece and releases its memory before it
	 * returns; returns false if nothing is left
	 */
	public void registerEvictor(MemoryUse use, BooleanSupplier evictOldest) {
		this.evictors.put(use, evictOldest);
	}

	/**
	 * Returns the limit.
	 * @return the limit, in bytes
	 */
	public long max() {
		return this.max;
	}

	/**
	 * Returns the memory taken.
	 * @return the memory, in bytes
	 */
	public long used() {
		return this.used.get();
	}

	long maxOfNewWork() {
		return this.max / 4 * 3;
	}

	boolean tryTake(MemoryUse use, long bytes, long bound) {
		if (!fits(bytes, bound)) {
			makeRoom(bytes, bound);
		}
		boolean taken = add(bytes, bound);
		if (taken) {
			counter(use).addAndGet(bytes);
		}
		else {
			warn();
		}
		return taken;
	}

	void take(MemoryUse use, long bytes) {
		this.used.addAndGet(bytes);
		counter(use).addAndGet(bytes);
	}

	private boolean add(long bytes, long bound) {
		long before = this.used.getAndUpdate((now) -> (now + bytes <= bound) ? now + bytes : now);
		return before + bytes <= bound;
	}

	private AtomicLong counter(MemoryUse use) {
		return Objects.requireNonNull(this.uses.get(use));
	}

	private boolean fits(long bytes, long bound) {
		return this.used.get() + bytes <= bound;
	}

	private void makeRoom(long bytes, long bound) {
		for (BooleanSupplier evictOldest : this.evictors.values()) {
			evict(evictOldest, bytes, bound);
		}
	}

	private void evict(BooleanSupplier evictOldest, long bytes, long bound) {
		boolean left = true;
		while (left && !fits(bytes, bound)) {
			left = evictOldest.getAsBoolean();
		}
	}

	private void warn() {
		if (this.pause.isOver()) {
			log.warn("The memory for work is used up ({} of {} KB: {}): new work is refused until some has ended",
					used() / 1024, this.max / 1024, this);
		}
	}

	/**
	 * Creates the problem for missing memory.
	 * @return the problem, with status 503
	 */
	public static ProblemException noRoom() {
		return ProblemException.unavailable(Reason.MEMORY_USED, RETRY_AFTER);
	}

	@Override
	public String toString() {
		return this.uses.entrySet()
			.stream()
			.map((use) -> use.getKey() + " " + use.getValue().get() / 1024 + " KB")
			.collect(Collectors.joining(", "));
	}

}
