package dev.runnel.chat;

import java.util.List;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.InterruptedAnswers;
import dev.runnel.conversation.MessageId;
import dev.runnel.stream.LogEntry;
import dev.runnel.stream.LostStreams;
import dev.runnel.stream.StreamEvent;
import dev.runnel.stream.StreamSubject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Ends the turns of a server that is gone, like turns that a shutdown interrupts, or goes
 * on with them, like turns that are continued.
 */
@Component
final class LostTurns implements LostStreams {

	private static final Logger log = LoggerFactory.getLogger(LostTurns.class);

	private final InterruptedAnswers answers;

	private final ChatService chat;

	LostTurns(InterruptedAnswers answers, ChatService chat) {
		this.answers = answers;
		this.chat = chat;
	}

	@Override
	public Mono<StreamEvent> end(StreamSubject subject, Flux<LogEntry> shown) {
		return shown.collect(ShownAnswer::new, ShownAnswer::add)
			.flatMap((answer) -> this.answers.interrupt(new ConversationId(subject.conversationId()),
					new MessageId(subject.messageId()), answer.text()))
			.thenReturn(new ChatEvent.Failed(ChatFailure.INTERRUPTED));
	}

	@Override
	public StreamEvent mark() {
		return new ChatEvent.Message("", List.of());
	}

	/**
	 * The answer of a temporary chat ends, because the chat was in the memory of the
	 * server that is gone.
	 */
	@Override
	public Mono<Boolean> goOn(StreamSubject subject, Flux<LogEntry> shown, long after) {
		return shown.collect(ShownAnswer::new, ShownAnswer::add)
			.filter(ShownAnswer::hasBegun)
			.flatMap((answer) -> this.chat.goOn(subject, after, answer))
			.hasElement()
			.onErrorResume((ex) -> {
				log.info("Stream {} of a server that is gone does not go on: {}", subject.id(),
						String.valueOf(ex.getMessage()));
				return Mono.just(false);
			});
	}

}
