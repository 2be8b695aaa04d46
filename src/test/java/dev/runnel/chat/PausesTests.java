package dev.runnel.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.runnel.upstream.ModelEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

class PausesTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Pauses pauses = new Pauses(() -> this.time.now(TimeUnit.NANOSECONDS), this.time);

	private final List<ModelEvent> events = new ArrayList<>();

	private Disposable model = Disposables.disposed();

	@BeforeEach
	void start() {
		this.model = this.pauses.within(Flux.never()).subscribe(this.events::add);
	}

	@AfterEach
	void stop() {
		this.model.dispose();
		this.time.dispose();
	}

	private void hold(int millis) {
		this.pauses.heldBack(Duration.ofMillis(millis));
	}

	private void pass(int millis) {
		this.time.advanceTimeBy(Duration.ofMillis(millis));
	}

	@Test
	void aPauseFollowsTheLastText() {
		hold(100);
		pass(60);
		hold(100);
		pass(60);
		hold(100);
		pass(99);
		assertThat(this.events).isEmpty();
		pass(1);
		assertThat(this.events).containsExactly(ModelEvent.PAUSE);
		pass(1000);
		assertThat(this.events).hasSize(1);
	}

	@Test
	void aLongAnswerHasItsPauseAfterAnyNumberOfTexts() {
		for (int i = 0; i < 20_000; i++) {
			hold(100);
			pass(90);
		}
		assertThat(this.events).isEmpty();
		pass(10);
		assertThat(this.events).containsExactly(ModelEvent.PAUSE);
	}

	@Test
	void aPauseMayComeEarlierThanExpected() {
		hold(100);
		pass(10);
		hold(20);
		pass(19);
		assertThat(this.events).isEmpty();
		pass(1);
		assertThat(this.events).containsExactly(ModelEvent.PAUSE);
	}

	@Test
	void eachSilenceHasItsPause() {
		hold(100);
		pass(100);
		hold(100);
		pass(100);
		assertThat(this.events).containsExactly(ModelEvent.PAUSE, ModelEvent.PAUSE);
	}

}
