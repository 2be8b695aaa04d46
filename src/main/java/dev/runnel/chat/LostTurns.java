package dev.runnel.chat;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.InterruptedAnswers;
import dev.runnel.conversation.MessageId;
import dev.runnel.stream.LogEntry;
import dev.runnel.stream.LostStreams;
import dev.runnel.stream.StreamEvent;
import dev.runnel.stream.StreamSubject;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Ends the turns of a server that is gone, like turns that a shutdown interrupts.
 */
@Component
final class LostTurns implements LostStreams {

	private final InterruptedAnswers answers;

	LostTurns(InterruptedAnswers answers) {
		this.answers = answers;
	}

	@Override
	public Mono<StreamEvent> end(StreamSubject subject, Flux<LogEntry> shown) {
		return shown.collect(ShownAnswer::new, ShownAnswer::add)
			.flatMap((answer) -> this.answers.interrupt(new ConversationId(subject.conversationId()),
					new MessageId(subject.messageId()), answer.text()))
			.thenReturn(new ChatEvent.Failed(ChatFailure.INTERRUPTED));
	}

}
