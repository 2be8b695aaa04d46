package dev.runnel.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.netty.buffer.PooledByteBufAllocator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;
import reactor.util.context.Context;

/**
 * A process in which something happens that it should, or should not, end of.
 */
enum Provoked {

	/** Memory is out in a thread of nobody's. */
	THREAD {
		@Override
		void run() {
			new Thread(Provoked::fillMemory).start();
		}
	},

	/** Memory is out where timers run. */
	PARALLEL {
		@Override
		void run() {
			Schedulers.parallel().schedule(Provoked::fillMemory);
		}
	},

	/** Memory is out where blocking work is done. */
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

	/** Memory is out on an event loop, which logs it and goes on. */
	EVENT_LOOP {
		@Override
		void run() {
			LoopResources.create("loop").onServer(true).next().execute(Provoked::fillMemory);
		}
	},

	/** An error that nobody waits for any more. */
	DROPPED {
		@Override
		void run() {
			Operators.onErrorDropped(new IllegalStateException(new OutOfMemoryError("Capacity: 35831808")),
					Context.empty());
		}
	},

	/** Memory is out, and who noticed says nothing. */
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

	/** The process says that it is of no use any more. */
	UNUSABLE {
		@Override
		void run() {
			FatalErrors.report(new UnusableError("its database is lost"));
		}
	},

	/** The process is told to stop, and something hangs. */
	STOP {
		@Override
		void run() {
			new StopDeadline(Duration.ofSeconds(1));
			Runtime.getRuntime().addShutdownHook(new Thread(Provoked::sleep));
			System.exit(0);
		}
	},

	/** Direct memory is out, which passes. */
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
			// As code does that catches everything.
		}
	}

	private static void sleep() {
		LockSupport.parkNanos(Duration.ofSeconds(20).toNanos());
	}

	/** Provokes what the argument names. */
	public static void main(String[] args) {
		FatalErrors.watch();
		FatalErrors.watchLog();
		valueOf(args[0]).run();
		LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
		System.exit(0);
	}

}
