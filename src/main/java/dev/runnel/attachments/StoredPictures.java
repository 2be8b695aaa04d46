package dev.runnel.attachments;

import dev.runnel.conversation.AnswerPictures;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.TurnStore;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.SentPicture;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Takes the pictures of answers through the checks of files.
 */
@Component
final class StoredPictures implements AnswerPictures {

	private final FileUploads uploads;

	private final TurnStore turns;

	StoredPictures(FileUploads uploads, TurnStore turns) {
		this.uploads = uploads;
		this.turns = turns;
	}

	@Override
	public Mono<Attachment> add(Turn turn, SentPicture picture, int number) {
		return this.uploads.add(turn.visitor(), picture, "picture-" + number)
			.flatMap((stored) -> this.turns.attach(turn, stored)
				.thenReturn(stored)
				.onErrorResume((ex) -> this.uploads.discard(turn.visitor(), stored).then(Mono.error(ex))));
	}

}
