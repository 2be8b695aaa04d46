package dev.runnel.markdown;

import java.util.List;

/**
 * The visible result of one call to {@link StreamingMarkdown}.
 *
 * @param content the Markdown that is new in the HTML, to be sent together with the
 * patches; text that is held back comes in a later update
 * @param patches the changes of the HTML, in the order to apply them; may be empty
 * although there is content, because not every character is visible
 */
public record MarkdownUpdate(String content, List<BlockPatch> patches) {

	static final MarkdownUpdate NONE = new MarkdownUpdate("", List.of());

	/**
	 * Whether there is nothing to send.
	 */
	public boolean isEmpty() {
		return this.content.isEmpty() && this.patches.isEmpty();
	}

}
