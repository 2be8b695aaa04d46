package dev.runnel.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * The newest entries of a log, encoded. Older entries go to the {@link EventFold}. Only
 * {@link #foldedTo} may be called without the lock of the log.
 *
 * @param <E> the events
 */
final class LogTail<E extends StreamEvent> {

	/**
	 * Enough for a live reader that is a few reads behind to get each event unmerged. It
	 * is not larger, because an event in the tail takes more than twice its bytes of
	 * heap, and the garbage collector must copy all that lives for a while.
	 */
	static final int MAX_BYTES = 4 * 1024;

	private final EventFold<E> fold;

	/** The entries after {@link #foldedTo}, in order. */
	private final List<LogEntry> entries = new ArrayList<>();

	/**
	 * The events of {@link #entries}, to fold them later. Empty in a closed log, which
	 * folds no more.
	 */
	private final Queue<E> unfolded = new ArrayDeque<>();

	private int bytes;

	private volatile long foldedTo;

	/**
	 * Creates an empty tail.
	 * @param fold receives the older entries
	 * @param after the number of the event before the first entry
	 */
	LogTail(EventFold<E> fold, long after) {
		this.fold = fold;
		this.foldedTo = after;
	}

	/**
	 * Adds the newest entry.
	 * @param entry the entry
	 * @param event its event
	 */
	void add(LogEntry entry, E event) {
		this.entries.add(entry);
		this.unfolded.add(event);
		this.bytes += entry.frame().length;
	}

	/**
	 * Folds half of a tail that is too long. The cost per event stays constant. A tail to
	 * which nothing is added any more keeps its entries.
	 * @param growing whether more entries come
	 */
	void settle(boolean growing) {
		if (!growing) {
			this.unfolded.clear();
		}
		else if (this.bytes > MAX_BYTES) {
			foldHalf();
		}
	}

	private void foldHalf() {
		int folded = 0;
		try {
			while (this.bytes > MAX_BYTES / 2 && folded < this.entries.size() - 1) {
				LogEntry oldest = this.entries.get(folded);
				this.fold.add(oldest.id(), this.unfolded.element());
				this.unfolded.remove();
				folded++;
				this.foldedTo = oldest.id();
				this.bytes -= oldest.frame().length;
			}
		}
		finally {
			// After a failed fold each entry is still in only one place.
			this.entries.subList(0, folded).clear();
		}
	}

	/**
	 * The entry behind another one.
	 * @param id the number of the other entry
	 * @return the entry; null if it is folded or not written yet
	 */
	@Nullable LogEntry after(long id) {
		int index = (int) (id - this.foldedTo);
		return (index >= 0 && index < this.entries.size()) ? this.entries.get(index) : null;
	}

	LogEntry last() {
		return this.entries.get(this.entries.size() - 1);
	}

	/**
	 * The number of the newest entry that is folded.
	 * @return the number; 0 if none is
	 */
	long foldedTo() {
		return this.foldedTo;
	}

	/**
	 * The size of the entries.
	 * @return bytes; at most {@link #MAX_BYTES}, unless a single entry is larger or the
	 * log is closed
	 */
	int bytes() {
		return this.bytes;
	}

}
