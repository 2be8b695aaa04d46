package dev.runnel.conversation.store;

import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.InterruptedAnswers;
import dev.runnel.conversation.MessageId;
import reactor.core.publisher.Mono;

/**
 * Stores the text that readers have seen of answers whose server is gone.
 */
final class ShownTexts implements InterruptedAnswers {

	private final Database database;

	private final CutAnswers cut;

	private final Runnable changed;

	ShownTexts(Database database, Runnable changed) {
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
