package dev.runnel.markdown;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Renders one Markdown answer while it arrives. After every update the joined blocks are,
 * byte for byte, what {@link MarkdownRenderer#render} gives for the {@code content} of
 * all updates so far.
 * <p>
 * How to drive it: call {@link #append} with each piece of text that arrives and send the
 * update unless it is {@linkplain MarkdownUpdate#isEmpty() empty}. Text may be held back:
 * where rendering each piece would cost more than a fixed multiple of the text's length,
 * several pieces share an update, and a link reference definition waits for the end of
 * its line. So, when {@link #hasPending()} and nothing has come for 100 ms, call the
 * method {@link #flush()}; at the end call {@link #finish()}.
 * <p>
 * Not thread-safe; one instance for one answer.
 */
public final class StreamingMarkdown {

	private final SourceText source = new SourceText();

	private final IncrementalDocument document;

	private final WorkBudget budget = new WorkBudget();

	/** What was taken and is not in any update yet. */
	private final StringBuilder pending = new StringBuilder();

	/** What shows the text behind the Markdown, where that has ended before the text. */
	private @Nullable PlainRest rest;

	/**
	 * Creates an answer without text.
	 */
	public StreamingMarkdown() {
		this(InlineLimits.DIALECT);
	}

	StreamingMarkdown(InlineLimits limits) {
		this.document = new IncrementalDocument(this.source, limits);
	}

	/**
	 * Takes a piece of the answer. It may end anywhere, inside a line break or a
	 * surrogate pair too.
	 * @return what became visible; empty when the text is held back
	 */
	public MarkdownUpdate append(CharSequence delta) {
		int before = this.source.length();
		this.source.append(delta);
		this.pending.append(delta);
		this.budget.earn(this.source.length() - before);
		return mayUpdate() ? flush() : MarkdownUpdate.NONE;
	}

	/**
	 * A definition waits for the end of its line: links would change with each character
	 * of the URL.
	 */
	private boolean mayUpdate() {
		return this.rest != null || (this.budget.allowsUpdate() && !this.source.isDefinitionOpen());
	}

	/**
	 * Ends the Markdown before the text: what no update has accounted for yet and all
	 * that is still to come is shown as written, in a block of its own, which begins with
	 * an empty {@code <span class="markup-late">}. From the next update on the blocks are
	 * no longer what {@link MarkdownRenderer#render} gives.
	 */
	public void endMarkdown() {
		if (this.rest == null) {
			this.rest = this.document.plainRest();
		}
	}

	/**
	 * Whether text was taken that no update has accounted for yet.
	 */
	public boolean hasPending() {
		return !this.pending.isEmpty();
	}

	/**
	 * Renders what is held back, except half a surrogate pair.
	 * @return what became visible; empty when nothing was held back
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
	 * Renders whatever is left. Nothing may be appended afterwards.
	 * @return what became visible; empty when nothing was held back
	 */
	public MarkdownUpdate finish() {
		this.source.finish();
		return flush();
	}

	/**
	 * The HTML of everything the updates have accounted for.
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
		List<BlockPatch> patches = this.document.update();
		for (BlockPatch patch : patches) {
			resent += patch.html().length();
		}
		resent = Math.max(0, resent - this.document.htmlLength());
		this.budget.spend(this.document.parsedCharacters() - parsed, resent, this.document.closersLength());
		return patches;
	}

	/**
	 * Characters handed to the parser so far.
	 */
	long parsedCharacters() {
		return this.document.parsedCharacters();
	}

}
