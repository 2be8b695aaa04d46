package dev.runnel.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import dev.runnel.process.FatalErrors.UnusableError;
import io.netty.buffer.PooledByteBufAllocator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;
import reactor.util.context.Context;

/**
 * Errors and events in a separate process. Most of them must end the process.
 */
enum Provoked {

	/** Memory is exhausted in a plain thread. */
	THREAD {
		@Override
		void run() {
			new Thread(Provoked::fillMemory).start();
		}
	},

	/** Memory is exhausted in a thread that runs timers. */
	PARALLEL {
		@Override
		void run() {
			Schedulers.parallel().schedule(Provoked::fillMemory);
		}
	},

	/** Memory is exhausted in a thread that does blocking work. */
	BOUNDED_ELASTIC {
		@Override
		void run() {
			Mono.fromRunnable(Provoked::fillMemory)
				.subscribeOn(Schedulers.boundedElastic())
				.onErrorComplete()
				.subscribe(null, (ex) -> {
				});
		}
	},

	/** Memory is exhausted on an event loop, which logs the error and goes on. */
	EVENT_LOOP {
		@Override
		void run() {
			LoopResources.create("loop").onServer(true).next().execute(Provoked::fillMemory);
		}
	},

	/** An error that no subscriber receives any more. */
	DROPPED {
		@Override
		void run() {
			Operators.onErrorDropped(new IllegalStateException(new OutOfMemoryError("Capacity: 35831808")),
					Context.empty());
		}
	},

	/** Memory is exhausted, and the code that catches the error stays silent. */
	SWALLOWED {
		@Override
		void run() {
			List<byte[]> all = new ArrayList<>();
			for (int size = 1024 * 1024; size > 16; size /= 2) {
				fill(all, size);
			}
			sleep();
			System.out.println(all.size());
		}
	},

	/** The application reports itself unusable. */
	UNUSABLE {
		@Override
		void run() {
			FatalErrors.report(new UnusableError("its database is lost"));
		}
	},

	/** The process is told to stop, but a shutdown hook hangs. */
	STOP {
		@Override
		void run() {
			new StopDeadline(Duration.ofSeconds(1));
			Runtime.getRuntime().addShutdownHook(new Thread(Provoked::sleep));
			System.exit(0);
		}
	},

	/** Direct memory is exhausted for a moment, which is not fatal. */
	DIRECT_MEMORY {
		@Override
		void run() {
			Schedulers.parallel().schedule(() -> PooledByteBufAllocator.DEFAULT.directBuffer(64 * 1024 * 1024));
		}
	};

	abstract void run();

	private static void fillMemory() {
		List<byte[]> all = new ArrayList<>();
		while (!Thread.currentThread().isInterrupted()) {
			all.add(new byte[1024 * 1024]);
		}
	}

	private static void fill(List<byte[]> all, int size) {
		try {
			while (!Thread.currentThread().isInterrupted()) {
				all.add(new byte[size]);
			}
		}
		catch (OutOfMemoryError ex) {
			// Like code that catches everything.
		}
	}

	private static void sleep() {
		LockSupport.parkNanos(Duration.ofSeconds(20).toNanos());
	}

	/** Runs the case named by the argument. */
	public static void main(String[] args) {
		FatalErrors.watch();
		FatalErrors.watchLog();
		valueOf(args[0]).run();
		LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
		System.exit(0);
	}

}
