package dev.runnel.stream;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * The current readers of a log. Each of them keeps the log in memory.
 */
final class LogReaders {

	private final List<LogReader> readers = new CopyOnWriteArrayList<>();

	private final ReaderWatch watch;

	private volatile @Nullable Runnable whenNone;

	LogReaders(ReaderWatch watch) {
		this.watch = watch;
	}

	void attach(LogReader reader) {
		this.readers.add(reader);
		if (reader.isCounted()) {
			this.watch.attached();
		}
	}

	void detach(LogReader reader) {
		if (this.readers.remove(reader)) {
			if (reader.isCounted()) {
				this.watch.detached();
			}
			runIfNone();
		}
	}

	/** Delivers a new entry. */
	void drain() {
		for (LogReader reader : this.readers) {
			reader.drain();
		}
	}

	int count() {
		return this.readers.size();
	}

	/**
	 * Does something when no reader is left.
	 * @param task the task; it may run more than once
	 */
	void whenNone(Runnable task) {
		this.whenNone = task;
		runIfNone();
	}

	private void runIfNone() {
		Runnable task = this.whenNone;
		if (task != null && this.readers.isEmpty()) {
			task.run();
		}
	}

}
