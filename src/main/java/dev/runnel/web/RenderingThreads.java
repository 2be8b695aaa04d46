package dev.runnel.web;

import java.util.concurrent.Executors;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads that render Markdown wherever it takes long enough to hold up others: never
 * an event loop, a thread of the database or a timer's. Each piece of work waits in one
 * queue for whichever thread is free, so pieces should be small.
 */
public final class RenderingThreads {

	/** Of each kind. Some processors are left to the event loops. */
	private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

	private static final Scheduler LIVE = threads("markdown-live-");

	private static final Scheduler STORED = threads("markdown-stored-");

	private RenderingThreads() {
	}

	/**
	 * The threads for pieces of answers that are being written. Whole answers do not hold
	 * them up.
	 * @return the scheduler
	 */
	public static Scheduler live() {
		return LIVE;
	}

	/**
	 * The threads for whole answers: of a page, a conversation, an export.
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
