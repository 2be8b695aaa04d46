package dev.runnel.imports;

import java.util.stream.Collectors;

import org.springframework.web.util.HtmlUtils;

/**
 * Reads the text of an answer of Open WebUI. Reasoning and the work of tools are in
 * folded blocks within the text, {@code <details type="…">}, each with a summary. The
 * scan takes linear time even if a hostile file has many blocks without an end.
 *
 * @param message receives the visible parts
 * @param omissions counts the parts that are left out
 */
record FoldedBlocks(ForeignText message, ForeignFields omissions) {

	private static final String BEGIN = "<details type=\"";

	private static final String END = "</details>";

	private static final String SUMMARY = "<summary>";

	private static final String SUMMARY_END = "</summary>";

	/**
	 * Adds all parts of a text.
	 * @param content the text of the answer, as in the file
	 */
	void read(String content) {
		int at = 0;
		int begin = content.indexOf(BEGIN);
		int end = end(content, begin);
		while (end >= 0) {
			text(content.substring(at, begin));
			block(content.substring(begin + BEGIN.length(), end));
			at = end + END.length();
			begin = content.indexOf(BEGIN, at);
			end = end(content, begin);
		}
		text(content.substring(at));
	}

	private static int end(String content, int begin) {
		return (begin >= 0) ? content.indexOf(END, begin) : -1;
	}

	/** Adds the text between two blocks, without the blank lines around it. */
	private void text(String text) {
		int begin = 0;
		for (int i = 0; i < text.length() && Character.isWhitespace(text.charAt(i)); i++) {
			begin = (text.charAt(i) == '\n') ? i + 1 : begin;
		}
		this.message.add(text.substring(begin).stripTrailing());
	}

	/** Adds a block: its type, the rest of its first tag, a summary and its content. */
	private void block(String block) {
		int type = block.indexOf('"');
		String inner = withoutSummary(block.substring(block.indexOf('>', Math.max(type, 0)) + 1));
		switch ((type >= 0) ? block.substring(0, type) : "") {
			case "reasoning" -> this.message.think(unquoted(HtmlUtils.htmlUnescape(inner)));
			case "tool_calls" -> this.omissions.leaveOut(Omission.TOOL_CALL);
			default -> text(inner);
		}
	}

	private static String withoutSummary(String inner) {
		int end = inner.stripLeading().startsWith(SUMMARY) ? inner.indexOf(SUMMARY_END) : -1;
		return ((end >= 0) ? inner.substring(end + SUMMARY_END.length()) : inner).strip();
	}

	/** Removes the quotation mark at the beginning of each line. */
	private static String unquoted(String text) {
		return text.lines()
			.map((line) -> line.startsWith("> ") ? line.substring(2) : line.startsWith(">") ? line.substring(1) : line)
			.collect(Collectors.joining("\n"));
	}

}
