package dev.runnel.web;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Lets the owners of tasks use the same threads in turns: one task of each owner, then
 * the next one of each. So an owner with a thousand tasks delays another by one task.
 * Safe for use by several threads.
 */
final class RenderingTurns {

	private final Executor threads;

	/** The waiting tasks of each owner. The owner who waits longest is first. */
	private final Map<Object, Queue<Runnable>> waiting = new LinkedHashMap<>();

	RenderingTurns(Executor threads) {
		this.threads = threads;
	}

	/**
	 * Returns an executor for the tasks of an owner.
	 * @param owner the owner, compared with {@code equals}
	 * @return an executor that runs the tasks of this owner in their order
	 */
	Executor of(Object owner) {
		return (task) -> {
			add(owner, task);
			this.threads.execute(this::runNext);
		};
	}

	private synchronized void add(Object owner, Runnable task) {
		this.waiting.computeIfAbsent(owner, (missing) -> new ArrayDeque<>()).add(task);
	}

	private void runNext() {
		next().run();
	}

	private synchronized Runnable next() {
		Iterator<Map.Entry<Object, Queue<Runnable>>> first = this.waiting.entrySet().iterator();
		Map.Entry<Object, Queue<Runnable>> owner = first.next();
		first.remove();
		Runnable task = owner.getValue().remove();
		if (!owner.getValue().isEmpty()) {
			this.waiting.put(owner.getKey(), owner.getValue());
		}
		return task;
	}

}
