package dev.runnel.conversation.store;

import java.util.ArrayList;
import java.util.List;

import dev.runnel.conversation.Message;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.TurnPlanner;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * First turns that share a transaction.
 */
@Timeout(60)
class OpeningsTests {

	private static final int VISITORS = 20;

	private final List<Visitor> refused = new ArrayList<>();

	private static TurnPlanner refusal() {
		return (settings, length, written) -> {
			throw ProblemException.of(Reason.CHAT_FULL);
		};
	}

	private Mono<Turn> begin(Storage storage, int number) {
		Visitor visitor = new Visitor("visitor" + number);
		TurnPlanner planner = (number % 2 == 0) ? Storage.plan(100) : refusal();
		return storage.turns()
			.begin(visitor, new Question(null, null, "q", false), planner)
			.onErrorResume(ProblemException.class, (ex) -> Mono.fromRunnable(() -> refuse(visitor)));
	}

	private synchronized void refuse(Visitor visitor) {
		this.refused.add(visitor);
	}

	private static List<Message> messages(Storage storage, Turn turn) {
		return Storage.all(storage.conversations().messages(turn.visitor(), turn.conversation()));
	}

	@Test
	void aRefusedTurnRefusesNoOther() {
		try (Storage storage = Storage.start("runnel.data-dir=mem")) {
			List<Turn> begun = Storage.all(Flux.range(0, VISITORS).flatMap((number) -> begin(storage, number)));
			assertThat(begun).hasSize(VISITORS / 2);
			assertThat(begun).allSatisfy((turn) -> assertThat(messages(storage, turn)).hasSize(2));
			assertThat(this.refused).hasSize(VISITORS / 2).doesNotContain(new Visitor("visitor0"));
		}
	}

}
