package dev.runnel.chat;

import dev.runnel.conversation.Turn;
import dev.runnel.markdown.MarkdownRenderer;
import org.jspecify.annotations.Nullable;

/**
 * The HTML of a new question, for readers who get HTML. The first event of the turn
 * carries it.
 */
final class QuestionHtml {

	/**
	 * The maximum length of the HTML, in UTF-16 units, enough for the questions that
	 * people write. The log keeps the first event until its end, so it must stay small.
	 */
	static final int LONGEST = 64 * 1024;

	private final String question;

	/**
	 * Takes the question of a turn.
	 * @param turn the turn; if it continues an answer, readers know the question
	 * @param isWanted whether readers get HTML
	 */
	QuestionHtml(Turn turn, boolean isWanted) {
		this.question = (isWanted && turn.writtenSoFar() == null) ? turn.question() : "";
	}

	/**
	 * Whether rendering may delay other work on the thread.
	 */
	boolean isCostly() {
		return this.question.length() > AnswerText.Rendered.LARGE;
	}

	/**
	 * Renders the question.
	 * @return its HTML; null for none, or if it is too long
	 */
	@Nullable String render() {
		if (this.question.isEmpty() || this.question.length() > LONGEST) {
			return null;
		}
		String html = MarkdownRenderer.render(this.question);
		return (html.length() <= LONGEST) ? html : null;
	}

}
