package dev.runnel.conversation;

import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.SentPicture;
import reactor.core.publisher.Mono;

/**
 * Keeps the pictures that models draw, in the same way as files of visitors.
 */
public interface AnswerPictures {

	/**
	 * Checks a picture, stores it, and adds it to the answer.
	 * @param turn the turn of the answer, which is still being written
	 * @param picture the picture; the caller closes it
	 * @param number its number in the answer, from 1
	 * @return the stored picture; a problem of {@link dev.runnel.web.ProblemException} if
	 * it is refused
	 */
	Mono<Attachment> add(Turn turn, SentPicture picture, int number);

}
