package dev.runnel.conversation.store;

import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.InterruptedAnswers;
import dev.runnel.conversation.MessageId;
import reactor.core.publisher.Mono;

/**
 * Ends answers whose server is gone, with the text that readers have seen.
 */
final class StoredInterruptedAnswers implements InterruptedAnswers {

	private final Database database;

	private final CutAnswers cut;

	private final Runnable changed;

	StoredInterruptedAnswers(Database database, Runnable changed) {
		this.database = database;
		this.cut = new CutAnswers(database);
		this.changed = changed;
	}

	@Override
	public Mono<Void> interrupt(ConversationId conversation, MessageId answer, AnswerDelta shown) {
		AnswerDelta storable = new AnswerDelta(ConversationText.storable(shown.content()),
				ConversationText.storable(shown.reasoning()));
		return this.database.inTransaction((client) -> this.cut.end(client, conversation, answer, storable))
			.doOnNext((ended) -> this.changed.run())
			.then();
	}

}
