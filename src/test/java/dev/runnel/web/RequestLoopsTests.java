package dev.runnel.web;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

import static org.assertj.core.api.Assertions.assertThat;

class RequestLoopsTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final LoopResources resources = LoopResources.create("loop", 2, true);

	private final RequestLoops loops = new RequestLoops(this.resources);

	@AfterEach
	void stop() {
		this.resources.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block(LIMIT);
	}

	private static Mono<Thread> thread() {
		return Mono.fromSupplier(Thread::currentThread);
	}

	private <T> T onALoop(Mono<T> work) {
		Scheduler loop = Schedulers.fromExecutor(this.resources.onServer(LoopResources.DEFAULT_NATIVE).next());
		return work.subscribeOn(loop).blockOptional(LIMIT).orElseThrow();
	}

	@Test
	void workReturnsToTheEventLoopThatItLeft() {
		for (int i = 0; i < 4; i++) {
			boolean same = onALoop(Mono.defer(() -> {
				Scheduler here = this.loops.current();
				Thread before = Thread.currentThread();
				return thread().subscribeOn(Schedulers.boundedElastic())
					.flatMap((other) -> thread().subscribeOn(here).map((after) -> other != before && after == before));
			}));
			assertThat(same).isTrue();
		}
	}

	@Test
	void workThatIsOnItsEventLoopRunsAtOnce() {
		boolean ran = onALoop(Mono.fromSupplier(() -> {
			boolean[] done = new boolean[1];
			this.loops.current().schedule(() -> done[0] = true);
			return done[0];
		}));
		assertThat(ran).isTrue();
	}

	@Test
	void workOfAnotherThreadStaysThere() {
		Scheduler here = this.loops.current();
		assertThat(thread().subscribeOn(here).block(LIMIT)).isEqualTo(Thread.currentThread());
	}

}
