package dev.runnel.web;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

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

	private static final Scheduler LIVE = Schedulers.fromExecutorService(threads("markdown-live-"));

	private static final RenderingTurns STORED = new RenderingTurns(threads("markdown-stored-"));

	/** The key of the owner in the context of a request. */
	private static final Object OWNER = RenderingThreads.class;

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
	 * Renders whole answers of a page, a conversation or an export. The
	 * {@linkplain #withOwner owners} of requests use the threads in turns.
	 * @param <T> the type of the result
	 * @param work the work, a small piece of the request
	 * @return the result
	 */
	public static <T> Mono<T> stored(Callable<T> work) {
		return Mono.deferContextual((context) -> Mono.fromCallable(work)
			.subscribeOn(Schedulers.fromExecutor(STORED.of(context.<Object>getOrEmpty(OWNER).orElse("")))));
	}

	/**
	 * Names the owner of a request.
	 * @param context the context of the request
	 * @param owner an address or a visitor, compared with {@code equals}
	 * @return the context with the owner
	 */
	public static Context withOwner(Context context, Object owner) {
		return context.put(OWNER, owner);
	}

	private static ExecutorService threads(String name) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory(name);
		factory.setDaemon(true);
		return Executors.newFixedThreadPool(THREADS, factory);
	}

}
