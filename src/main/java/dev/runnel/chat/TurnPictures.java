package dev.runnel.chat;

import java.util.concurrent.atomic.AtomicInteger;

import dev.runnel.conversation.AnswerPictures;
import dev.runnel.conversation.Turn;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.SentPicture;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import reactor.core.publisher.Mono;

/**
 * Stores the pictures of one answer, one after the other.
 */
final class TurnPictures {

	/**
	 * The maximum number of pictures of an answer: a file of a conversation has no more.
	 */
	static final int MAX = 10;

	private final AnswerPictures pictures;

	private final Turn turn;

	private final AtomicInteger count;

	TurnPictures(AnswerPictures pictures, Turn turn) {
		this.pictures = pictures;
		this.turn = turn;
		this.count = new AtomicInteger(turn.pictures().size());
	}

	/**
	 * Stores a picture and releases its memory.
	 * @param picture the picture
	 * @return the stored picture; a problem if it is refused
	 */
	Mono<Attachment> keep(SentPicture picture) {
		return Mono.using(() -> picture, this::add, SentPicture::close);
	}

	private Mono<Attachment> add(SentPicture picture) {
		if (this.count.get() >= MAX) {
			return Mono.error(
					ProblemException.of(ErrorCode.INVALID_REQUEST, "An answer may have at most " + MAX + " pictures."));
		}
		return this.pictures.add(this.turn, picture, this.count.get() + 1)
			.doOnNext((stored) -> this.count.incrementAndGet());
	}

	/**
	 * Returns why a picture is not there.
	 * @param cause the failure of {@link #keep}
	 * @return a sentence
	 */
	static String reason(Throwable cause) {
		String detail = (cause instanceof ProblemException problem) ? problem.getBody().getDetail() : null;
		return (detail != null) ? detail : "The server could not store it.";
	}

}
