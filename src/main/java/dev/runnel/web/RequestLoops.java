package dev.runnel.web;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

import org.springframework.stereotype.Component;

/**
 * Returns work to the event loop of its request. A model is asked on the event loop that
 * starts the exchange, so its data then reaches the reader without waking another thread.
 */
@Component
public final class RequestLoops {

	private final EventLoopGroup loops;

	RequestLoops(LoopResources loops) {
		this.loops = loops.onServer(LoopResources.DEFAULT_NATIVE);
	}

	/**
	 * Returns the event loop of the current thread. Work that is already on this loop
	 * runs at once.
	 * @return the event loop as a scheduler; on a thread of no event loop, a scheduler
	 * that runs the work on the thread that asks for it
	 */
	public Scheduler current() {
		for (EventExecutor loop : this.loops) {
			if (loop.inEventLoop()) {
				return Schedulers.fromExecutor((task) -> run(loop, task));
			}
		}
		return Schedulers.immediate();
	}

	private static void run(EventExecutor loop, Runnable task) {
		if (loop.inEventLoop()) {
			task.run();
		}
		else {
			loop.execute(task);
		}
	}

}
