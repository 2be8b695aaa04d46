package dev.runnel.conversation;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

import dev.runnel.web.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Conversations that nobody used for long.
 */
@Timeout(60)
class RetentionTests {

	private static final Duration AGE = Duration.ofDays(30);

	private static final Visitor ANN = new Visitor("ann");

	@Test
	void onlyOldOnesThatAreNotPinnedGo() {
		try (Storage storage = Storage.start("runnel.data-dir=mem")) {
			ConversationId old = begin(storage, "old");
			ConversationId pinned = begin(storage, "pinned");
			Storage.get(storage.library().change(ANN, pinned, new ConversationChange(null, true, null, null)));
			assertThat(deletedAfter(storage, AGE.minusMinutes(1))).isZero();
			assertThat(deletedAfter(storage, AGE.plusMinutes(1))).isEqualTo(1);
			assertThat(Storage.all(storage.library().all(ANN))).extracting(ConversationHead::id)
				.containsExactly(pinned);
			assertThat(storage.deleted()).extracting(ConversationDeleted::conversation).containsExactly(old);
		}
	}

	private static ConversationId begin(Storage storage, String text) {
		return Storage
			.get(storage.conversations().begin(ANN, new Question(null, null, text, false), (settings, asked) -> 1000))
			.conversation();
	}

	private static long deletedAfter(Storage storage, Duration later) {
		Clock clock = Clock.offset(Clock.fixed(Clock.systemUTC().instant(), ZoneOffset.UTC), later);
		return Storage.get(new Retention(storage.bean(Database.class), storage.library(), AGE, clock).deleteOld());
	}

}
