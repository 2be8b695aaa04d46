package dev.runnel.conversation.store;

import java.io.IOException;
import java.util.concurrent.Callable;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The thread that changes the search index, which blocks on the disk.
 *
 * @param scheduler runs one task at a time
 */
record IndexThread(Scheduler scheduler) {

	/**
	 * Runs work on the thread. The result leaves the thread before it reaches the caller.
	 * @param work the work
	 * @return completes when the work is done
	 */
	Mono<Void> run(Work work) {
		Callable<Boolean> call = () -> {
			work.run();
			return true;
		};
		return Mono.fromCallable(call).subscribeOn(this.scheduler).publishOn(Schedulers.parallel()).then();
	}

	/**
	 * Work that blocks on the disk.
	 */
	interface Work {

		/**
		 * Does the work.
		 * @throws IOException if the disk cannot be read or written
		 */
		void run() throws IOException;

	}

}
