package dev.runnel.web;

import java.util.concurrent.Executors;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The thread pools that render Markdown that takes long enough to delay others. So event
 * loops, database threads and timer threads never render it. The work of each pool waits
 * in one queue, so pieces of work should be small.
 */
public final class RenderingThreads {

	/**
	 * The number of threads in each pool. Some processors are left to the event loops.
	 */
	private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

	private static final Scheduler LIVE = threads("markdown-live-");

	private static final Scheduler STORED = threads("markdown-stored-");

	private RenderingThreads() {
	}

	/**
	 * Returns the threads for pieces of answers while they are written. Whole answers
	 * cannot delay them.
	 * @return the scheduler
	 */
	public static Scheduler live() {
		return LIVE;
	}

	/**
	 * Returns the threads for whole answers of a page, a conversation or an export.
	 * @return the scheduler
	 */
	public static Scheduler stored() {
		return STORED;
	}

	private static Scheduler threads(String name) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory(name);
		factory.setDaemon(true);
		return Schedulers.fromExecutorService(Executors.newFixedThreadPool(THREADS, factory));
	}

}
