package dev.runnel.markdown;

import java.util.List;

/**
 * The rest of an answer after its Markdown was ended: one more block, shown as plain
 * text.
 */
final class PlainRest {

	private static final String START = "<p class=\"plain\"><span class=\"markup-late\"></span>";

	private static final String END = "</p>\n";

	private final SourceText source;

	private final int block;

	/** The start of the rest in the source. */
	private final int start;

	/** The end of the source that is shown. */
	private int shownEnd;

	/** The length of the block's HTML that stays when text is added. */
	private int kept;

	PlainRest(SourceText source, int block, int start) {
		this.source = source;
		this.block = block;
		this.start = start;
		this.shownEnd = start;
	}

	/**
	 * Shows the whole source.
	 * @return the changes
	 */
	List<BlockPatch> update() {
		int end = this.source.length();
		if (this.shownEnd == end) {
			return List.of();
		}
		StringBuilder html = new StringBuilder((this.kept == 0) ? START : "");
		Escape.append(html, this.source.text(), this.shownEnd, end);
		this.shownEnd = end;
		BlockPatch patch = new BlockPatch(this.block, this.kept, html + END);
		this.kept += html.length();
		return List.of(patch);
	}

	String html() {
		if (this.kept == 0) {
			return "";
		}
		StringBuilder html = new StringBuilder(START);
		Escape.append(html, this.source.text(), this.start, this.shownEnd);
		return html.append(END).toString();
	}

}
