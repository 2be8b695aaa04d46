package dev.runnel.page;

import java.util.List;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.Message;
import dev.runnel.markdown.MarkdownRenderer;

/**
 * A text of a message in the page. The page contains only the last pieces of a very long
 * text, because a browser reads a page in long tasks. The script loads earlier pieces and
 * adds them in short ones.
 *
 * @param pieces the rendered pieces, safe without escaping; at least one
 * @param omitted the number of pieces before these that the page leaves out
 */
record ShownText(List<Pieces.Piece> pieces, int omitted) {

	private static final int MAX_PIECES = 16;

	static ShownText of(List<Pieces.Piece> all) {
		int omitted = Math.max(0, all.size() - MAX_PIECES);
		return new ShownText(all.subList(omitted, all.size()), omitted);
	}

	/**
	 * Renders the content of a message.
	 * @param message a question or an answer
	 * @return all pieces; at least one
	 */
	static List<Pieces.Piece> content(Message message) {
		List<String> pages = (message.answer() != null) ? message.answer().citedPages() : List.of();
		return Pieces.of(MarkdownRenderer.renderForPage(message.content(), "m-" + message.id(), pages));
	}

	/**
	 * Renders the reasoning of an answer.
	 * @param message the message of the answer
	 * @param answer the answer
	 * @return all pieces; at least one
	 */
	static List<Pieces.Piece> reasoning(Message message, Answer answer) {
		return Pieces.of(MarkdownRenderer.renderForPage(answer.reasoning(), "r-" + message.id()));
	}

}
