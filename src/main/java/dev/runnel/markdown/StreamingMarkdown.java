package dev.runnel.markdown;

/**
 * Renders one Markdown answer while it arrives. After every update the joined blocks are,
 * byte for byte, what {@link MarkdownRenderer#render} gives for the {@code content} of
 * all updates so far.
 * <p>
 * How to drive it: call {@link #append} with each piece of text that arrives and send the
 * update unless it is {@linkplain MarkdownUpdate#isEmpty() empty}. Text may be held back:
 * where rendering each piece would cost more than a fixed multiple of the text's length,
 * several pieces share an update. So, when {@link #hasPending()} and nothing has come for
 * 100 ms, call {@link #flush()}; at the end call {@link #finish()}.
 * <p>
 * Not thread-safe; one instance for one answer.
 */
public final class StreamingMarkdown {

	private final SourceText source = new SourceText();

	private final StringBuilder pending = new StringBuilder();

	private final IncrementalDocument document = new IncrementalDocument(this.source);

	/**
	 * Takes a piece of the answer. It may end anywhere, inside a line break or a
	 * surrogate pair too.
	 * @return what became visible; empty when the text is held back
	 */
	public MarkdownUpdate append(CharSequence delta) {
		this.source.append(delta);
		this.pending.append(delta);
		return flush();
	}

	/**
	 * Whether text was taken that no update has accounted for yet.
	 */
	public boolean hasPending() {
		return !this.pending.isEmpty();
	}

	/**
	 * Renders what is held back, except half a surrogate pair.
	 */
	public MarkdownUpdate flush() {
		int end = this.pending.length() - (this.source.holdsSurrogate() ? 1 : 0);
		String content = this.pending.substring(0, end);
		this.pending.delete(0, end);
		if (content.isEmpty()) {
			return MarkdownUpdate.NONE;
		}
		this.document.update();
		return new MarkdownUpdate(content, this.document.shown().takePatches());
	}

	/**
	 * Renders whatever is left. Nothing may be appended afterwards.
	 */
	public MarkdownUpdate finish() {
		this.source.finish();
		return flush();
	}

	/**
	 * The HTML of everything the updates have accounted for.
	 */
	public String html() {
		return this.document.shown().html();
	}

	long parsedCharacters() {
		return this.document.parsedCharacters();
	}

}
