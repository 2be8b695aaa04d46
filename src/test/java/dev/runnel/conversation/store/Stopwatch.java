package dev.runnel.conversation.store;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntFunction;

import reactor.core.publisher.Mono;

/**
 * Measures repeated work and prints milliseconds.
 */
final class Stopwatch {

	private static final int NANOS_A_MILLI = 1_000_000;

	private Stopwatch() {
	}

	static void heading(String name) {
		System.out.printf("%n%-40s %6s %8s %8s %8s %8s%n", name, "n", "p50", "p95", "p99", "max");
	}

	static <T> void time(String what, int times, IntFunction<Mono<T>> work) {
		time(what, times, Mono::just, work::apply);
	}

	/**
	 * Runs the work repeatedly, one run after another. The first third is for warm-up.
	 * The preparation is not measured.
	 */
	static <P, T> void time(String what, int times, IntFunction<Mono<P>> prepare, Function<P, Mono<T>> work) {
		double[] millis = new double[times];
		for (int i = 0; i < times; i++) {
			P prepared = Storage.get(prepare.apply(i));
			long begun = System.nanoTime();
			await(work.apply(prepared));
			millis[i] = (double) (System.nanoTime() - begun) / NANOS_A_MILLI;
		}
		double[] warm = Arrays.copyOfRange(millis, times / 3, times);
		Arrays.sort(warm);
		System.out.printf("%-40s %6d %8.3f %8.3f %8.3f %8.3f%n", what, warm.length, warm[warm.length / 2],
				warm[warm.length * 95 / 100], warm[warm.length * 99 / 100], warm[warm.length - 1]);
	}

	private static void await(Mono<?> work) {
		CompletableFuture<?> done = work.toFuture();
		try {
			done.get(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
