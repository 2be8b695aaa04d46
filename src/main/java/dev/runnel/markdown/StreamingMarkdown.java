package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.List;

import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

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

	private static final Parser PARSER = Dialect.parser().build();

	private final SourceText source = new SourceText();

	private final StringBuilder pending = new StringBuilder();

	private final List<String> blocks = new ArrayList<>();

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
		return content.isEmpty() ? MarkdownUpdate.NONE : new MarkdownUpdate(content, render());
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
		return String.join("", this.blocks);
	}

	private List<BlockPatch> render() {
		Marks marks = new Marks();
		HtmlEmitter emitter = new HtmlEmitter(marks, List.<Node>of(), (char) 0);
		emitter.emit(PARSER.parse(this.source.toString()));
		String html = emitter.toString();
		List<BlockPatch> patches = new ArrayList<>();
		for (int i = 0; i < Math.max(this.blocks.size(), marks.topLevel.size()); i++) {
			int start = (i < marks.topLevel.size()) ? marks.topLevel.get(i) : html.length();
			int end = (i + 1 < marks.topLevel.size()) ? marks.topLevel.get(i + 1) : html.length();
			show(i, html.substring(start, end), patches);
		}
		return patches;
	}

	private void show(int block, String html, List<BlockPatch> patches) {
		String old = (block < this.blocks.size()) ? this.blocks.get(block) : "";
		if (html.equals(old)) {
			return;
		}
		int keep = CommonPrefix.safe(old, 0, html, 0);
		patches.add(new BlockPatch(block, keep, html.substring(keep)));
		if (block < this.blocks.size()) {
			this.blocks.set(block, html);
		}
		else {
			this.blocks.add(html);
		}
	}

}
