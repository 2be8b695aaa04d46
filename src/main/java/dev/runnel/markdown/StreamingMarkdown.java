package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Renders one Markdown answer while it arrives. After every update the joined blocks are,
 * byte for byte, the HTML of {@link MarkdownRenderer#render} for the {@code content} of
 * all updates so far, unless its Markdown {@linkplain #endMarkdown() was ended}.
 * <p>
 * How to use it: call {@link #append} with each piece of text, and send the update unless
 * it is {@linkplain MarkdownUpdate#isEmpty() empty}. Text may be held back: several
 * pieces share an update if rendering each one would cost more than a fixed multiple of
 * the text's length, and a link reference definition waits for the end of its line. So
 * call {@link #flush()} if {@link #hasPending()} is true and nothing has come for 100 ms.
 * Call {@link #finish()} at the end.
 * <p>
 * Not thread-safe. Use one instance for each answer.
 */
public final class StreamingMarkdown {

	private final SourceText source = new SourceText();

	private final IncrementalDocument document;

	private final WorkBudget budget = new WorkBudget();

	/** Text that was appended but is not in any update yet. */
	private final StringBuilder pending = new StringBuilder();

	/** The block of plain text after the Markdown; null while Markdown is rendered. */
	private @Nullable PlainRest rest;

	/**
	 * Creates a renderer for a new answer.
	 */
	public StreamingMarkdown() {
		this(InlineLimits.DIALECT);
	}

	StreamingMarkdown(InlineLimits limits) {
		this.document = new IncrementalDocument(this.source, limits);
	}

	/**
	 * Appends a piece of the answer. It may end anywhere, even inside a line break or a
	 * surrogate pair.
	 * @return the visible change; empty if the text is held back
	 */
	public MarkdownUpdate append(CharSequence delta) {
		hold(delta);
		return mayUpdate() ? flush() : MarkdownUpdate.NONE;
	}

	/**
	 * Appends a piece of the answer to the text that is held back, without an update.
	 * @param delta the piece, like that of {@link #append}
	 */
	public void hold(CharSequence delta) {
		int before = this.source.length();
		this.source.append(delta);
		this.pending.append(delta);
		this.budget.earn(this.source.length() - before);
	}

	/**
	 * Whether to render now. A definition waits for the end of its line, because its
	 * links would change with each character of the URL.
	 */
	private boolean mayUpdate() {
		return this.rest != null || (this.budget.allowsUpdate() && !this.source.isDefinitionOpen());
	}

	/**
	 * Ends the Markdown before the end of the text. All text that is not in an update
	 * yet, and all later text, is shown as plain text in a block of its own. That block
	 * begins with an empty {@code <span class="markup-late">}. From the next update on,
	 * the blocks differ from {@link MarkdownRenderer#render}. Text whose HTML is
	 * {@linkplain HtmlBound absurdly long}, or with an {@linkplain TreeBound absurdly
	 * large} block, ends its Markdown by itself.
	 */
	public void endMarkdown() {
		if (this.rest == null) {
			this.rest = this.document.plainRest();
		}
	}

	/**
	 * Whether the Markdown has ended before the end of the text.
	 */
	boolean isMarkdownEnded() {
		return this.rest != null;
	}

	/**
	 * Whether some appended text is not in any update yet.
	 */
	public boolean hasPending() {
		return !this.pending.isEmpty();
	}

	/**
	 * Whether text is held back because earlier updates parsed much. The next update may
	 * parse as much again.
	 */
	public boolean isNextUpdateLong() {
		return this.rest == null && this.budget.isInDebt();
	}

	/**
	 * Renders the text that is held back, except half a surrogate pair.
	 * @return the visible change; empty if nothing was held back
	 */
	public MarkdownUpdate flush() {
		int end = this.pending.length() - (this.source.holdsSurrogate() ? 1 : 0);
		if (end == 0) {
			return MarkdownUpdate.NONE;
		}
		String content = this.pending.substring(0, end);
		this.pending.delete(0, end);
		return new MarkdownUpdate(content, render());
	}

	/**
	 * Renders all remaining text. Nothing may be appended afterwards.
	 * @return the visible change; empty if nothing was held back
	 */
	public MarkdownUpdate finish() {
		this.source.finish();
		return flush();
	}

	/**
	 * The HTML of all updates so far.
	 */
	public String html() {
		return (this.rest == null) ? this.document.html() : this.document.html() + this.rest.html();
	}

	private List<BlockPatch> render() {
		return (this.rest != null) ? this.rest.update() : renderMarkdown();
	}

	private List<BlockPatch> renderMarkdown() {
		long parsed = this.document.parsedCharacters();
		long resent = this.document.htmlLength();
		List<BlockPatch> patches = new ArrayList<>(this.document.update());
		for (BlockPatch patch : patches) {
			resent += patch.html().length();
		}
		if (this.document.isTooLong()) {
			this.rest = this.document.plainRest();
			patches.addAll(this.rest.update());
		}
		resent = Math.max(0, resent - this.document.htmlLength());
		this.budget.spend(this.document.parsedCharacters() - parsed, resent, this.document.closersLength());
		return patches;
	}

	/**
	 * The number of characters given to the parser so far.
	 */
	long parsedCharacters() {
		return this.document.parsedCharacters();
	}

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

}
