package dev.runnel.memory;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Counts the heap that work takes and keeps all of it together within one bound.
 * <p>
 * New work may fill three quarters; the last quarter is for work to grow that has begun.
 * Where there is no room, ended streams and temporary chats go, the oldest first. Then
 * new work is refused, and work that cannot grow has to end. The figures are estimates
 * from measured sizes; the bound leaves room for their error. Nothing here blocks.
 */
@Component
public final class MemoryAccount {

	private static final Logger log = LoggerFactory.getLogger(MemoryAccount.class);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private static final long WARN_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

	private final long max;

	private final AtomicLong used = new AtomicLong();

	private final Map<MemoryUse, AtomicLong> uses = new EnumMap<>(MemoryUse.class);

	private final Map<MemoryUse, BooleanSupplier> evictors = new ConcurrentSkipListMap<>();

	private final AtomicLong warned = new AtomicLong(System.nanoTime() - WARN_EVERY_NANOS);

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
	 * Makes an account.
	 * @param max the bound
	 * @return the account, of which nothing is taken
	 */
	public static MemoryAccount of(DataSize max) {
		return new MemoryAccount(max.toBytes());
	}

	/**
	 * Lets a new piece of work begin.
	 * @param use what it is
	 * @param bytes what it takes at first
	 * @return what it has taken; to be closed at its end
	 * @throws ProblemException with the status 503 if there is no room
	 */
	public MemoryReservation begin(MemoryUse use, long bytes) {
		MemoryReservation reservation = new MemoryReservation(this, use);
		if (!reservation.tryBegin(bytes)) {
			throw noRoom();
		}
		return reservation;
	}

	/**
	 * Counts memory that is in use already, whether or not there is room.
	 * @param use what for
	 * @param bytes how much; may be 0
	 * @return what is taken; to be closed at its end
	 */
	public MemoryReservation count(MemoryUse use, long bytes) {
		MemoryReservation reservation = new MemoryReservation(this, use);
		reservation.set(bytes);
		return reservation;
	}

	/**
	 * Says how to make room.
	 * @param use what may go
	 * @param evictOldest lets the oldest go and gives its memory back before it returns;
	 * false if nothing is left
	 */
	public void evictBy(MemoryUse use, BooleanSupplier evictOldest) {
		this.evictors.put(use, evictOldest);
	}

	/**
	 * The bound.
	 * @return bytes
	 */
	public long max() {
		return this.max;
	}

	/**
	 * How much is taken.
	 * @return bytes
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
		long before = this.used.getAndUpdate((now) -> (now + bytes <= bound) ? now + bytes : now);
		boolean taken = before + bytes <= bound;
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

	private AtomicLong counter(MemoryUse use) {
		return Objects.requireNonNull(this.uses.get(use));
	}

	private boolean fits(long bytes, long bound) {
		return this.used.get() + bytes <= bound;
	}

	private void makeRoom(long bytes, long bound) {
		for (BooleanSupplier evictOldest : this.evictors.values()) {
			boolean left = true;
			while (left && !fits(bytes, bound)) {
				left = evictOldest.getAsBoolean();
			}
		}
	}

	private void warn() {
		long last = this.warned.get();
		long now = System.nanoTime();
		if (now - last >= WARN_EVERY_NANOS && this.warned.compareAndSet(last, now)) {
			log.warn("The memory for work is used up ({} of {} KB: {}): new work is refused until some has ended",
					used() / 1024, this.max / 1024, this);
		}
	}

	/**
	 * Says that there is no room for new work.
	 * @return the problem, with the status 503
	 */
	public static ProblemException noRoom() {
		return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, ErrorCode.RATE_LIMITED.code(),
				"This server has no memory for more work at the moment. Try again in a few seconds.", List.of(),
				RETRY_AFTER);
	}

	@Override
	public String toString() {
		return this.uses.entrySet()
			.stream()
			.map((use) -> use.getKey() + " " + use.getValue().get() / 1024 + " KB")
			.collect(Collectors.joining(", "));
	}

}
