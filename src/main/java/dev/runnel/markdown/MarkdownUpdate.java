package dev.runnel.markdown;

import java.util.List;

/**
 * What one call to {@link StreamingMarkdown} made visible.
 *
 * @param content the Markdown that the HTML now accounts for and did not before; to be
 * sent together with the patches. Text that is held back comes in a later update.
 * @param patches what that text did to the HTML, in the order in which they are applied;
 * may be empty although there is content, since not every character shows
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
