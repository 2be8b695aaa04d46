package dev.runnel.markdown;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the HTML of a growing source up to date, parsing only what may have changed.
 * <p>
 * The <em>commit pass</em> parses complete lines and moves the {@linkplain Frontier
 * frontiers} forward; the <em>display pass</em> parses with the line that is still open
 * and changes nothing but what is shown. Three frontiers are kept, each at or after the
 * one before: the top at the start of the open top-level block, the base at the start of
 * a block in it, and, where the last leaf block allows it, one inside that leaf. Text
 * after a frontier can revoke it: an underline turns the paragraph into a heading, a
 * blank line loosens a list. The pass is then repeated from the base, or from the top,
 * which nothing revokes.
 */
final class IncrementalDocument {

	/** How long the text after the frontier is when a long line is first cut within. */
	private static final int SETTLE_LENGTH = 160;

	private final SourceText source;

	private final LayeredDefinitions definitions = new LayeredDefinitions();

	private final RegionParser parser;

	private final FinishedBlocks finished = new FinishedBlocks();

	private final ShownBlocks shown = new ShownBlocks();

	/** Where the open top-level block starts. */
	private Frontier top = Frontier.topLevel(0);

	/** The last cut between blocks. */
	private Frontier base = this.top;

	/** The last cut inside the last leaf block, if one was made after the base. */
	private @Nullable Frontier leaf;

	/** The HTML of the open top-level block before the frontier. */
	private final StringBuilder fixed = new StringBuilder();

	/** How much of the shown open block is known to equal the fixed HTML. */
	private int shownFixed;

	/** The labels looked up for the fixed HTML, with what they meant. */
	private Map<String, String> fixedLookups = new HashMap<>();

	/** How much of the source has been parsed as complete lines. */
	private int committedEnd;

	/** How much of the source is shown. */
	private int shownEnd;

	/** Where more characters can be put without a parse, if there is such a place. */
	private @Nullable OpenText openText;

	/** The block that holds the open text. */
	private int openBlock;

	/** How long the text after the frontier must be before a paragraph is cut again. */
	private int settleLength = SETTLE_LENGTH;

	IncrementalDocument(SourceText source, InlineLimits limits) {
		this.source = source;
		this.parser = new RegionParser(this.definitions, limits);
	}

	/**
	 * Takes all of the source into account.
	 * @return what this changed
	 */
	List<BlockPatch> update() {
		int end = this.source.length();
		String text = (this.openText == null) ? null : this.openText.take(this.source, this.shownEnd, end);
		this.shownEnd = end;
		if (text != null && this.openText != null) {
			return text.isEmpty() ? List.of()
					: List.of(this.shown.insert(this.openBlock, text, this.openText.closers()));
		}
		parse(end);
		return this.shown.takePatches();
	}

	/**
	 * The end tags that the next update will send again, as far as known.
	 */
	int closersLength() {
		return (this.openText == null) ? 0 : this.openText.closers().length();
	}

	/**
	 * Starts a block behind those of the document, which is given no more text.
	 */
	PlainRest plainRest() {
		return new PlainRest(this.source, this.shown.size(), this.shownEnd);
	}

	/**
	 * The length of all HTML.
	 */
	long htmlLength() {
		return this.shown.length();
	}

	String html() {
		return this.shown.html();
	}

	private void parse(int end) {
		this.openText = null;
		int lineEnd = this.source.lastLineEnd();
		if (lineEnd > this.committedEnd) {
			commit(lineEnd, true);
			this.committedEnd = lineEnd;
		}
		if (lineEnd < end) {
			display();
			settleOpenLine();
		}
		showFinished();
	}

	long parsedCharacters() {
		return this.parser.parsedCharacters();
	}

	/**
	 * The commit pass: parses up to the end and moves the frontiers as far as it can.
	 * @param showing whether the parse is shown too; not where the display pass has shown
	 * more than that already
	 */
	private void commit(int end, boolean showing) {
		commit(parseRevoking(end), showing);
	}

	private void commit(Tail tail, boolean showing) {
		Cut cut = Cut.find(tail);
		OpenLeaf open = OpenLeaf.find(tail, this.parser.inlines());
		Marks marks = new Marks();
		marks.cutNode = (cut == null) ? null : cut.node();
		marks.leaf = (open == null) ? null : open.block();
		marks.leafLines = (open == null) ? 0 : open.lines();
		String html = emit(tail, marks);
		if (showing) {
			show(tail, marks, html);
		}
		this.fixed.setLength(tail.from().htmlLength());
		if (cut != null) {
			moveBase(tail, cut, marks, html);
		}
		if (open != null) {
			moveLeaf(tail, open, Math.max(marks.cutAt, 0), marks.leafAt, html);
		}
		this.shownFixed = this.fixed.length();
	}

	/** Parses from the innermost frontier that holds, and gives up those that do not. */
	private Tail parseRevoking(int end) {
		while (true) {
			Tail tail = parse(frontier(), end);
			if (tail != null && !this.definitions.anyChanged(this.fixedLookups)) {
				return tail;
			}
			if (this.leaf != null && tail == null) {
				this.leaf = null;
			}
			else {
				this.leaf = null;
				this.base = this.top;
				this.fixedLookups = new HashMap<>();
			}
		}
	}

	private Frontier frontier() {
		return (this.leaf != null) ? this.leaf : this.base;
	}

	private @Nullable Tail parse(Frontier from, int end) {
		Node document = this.parser.parse(from, this.source.substring(from.cut(), end));
		List<Node> path = from.follow(document);
		return (path == null) ? null : new Tail(this.source, from, end, document, path);
	}

	private String emit(Tail tail, Marks marks) {
		int length = tail.from().htmlLength();
		char before = (length == 0) ? 0 : this.fixed.charAt(length - 1);
		HtmlEmitter emitter = new HtmlEmitter(marks, tail.path(), before);
		emitter.emit(tail.document());
		return emitter.toString();
	}

	/** Shows a parse: the open top-level block first, then those after it. */
	private void show(Tail tail, Marks marks, String html) {
		int first = this.finished.size();
		int count = marks.topLevel.size();
		int length = tail.from().htmlLength();
		int same = Math.min(this.shownFixed, length);
		for (int i = 0; i < count; i++) {
			int end = (i + 1 < count) ? marks.topLevel.get(i + 1) : html.length();
			String block = html.substring(marks.topLevel.get(i), end);
			this.shown.replace(first + i, (i == 0) ? same : 0,
					(i == 0) ? this.fixed.substring(same, length) + block : block);
		}
		this.shown.clearFrom(first + count);
		this.shownFixed = length;
	}

	/**
	 * Moves the base to a cut. In the open top-level block this fixes the HTML before the
	 * cut; otherwise the blocks before the cut's own top-level block are finished, and
	 * that one becomes the top.
	 */
	private void moveBase(Tail tail, Cut cut, Marks marks, String html) {
		Node topNode = cut.chain().isEmpty() ? cut.node() : cut.chain().get(0);
		int position = marks.cutAt;
		collectDefinitions(tail.document(), cut.node());
		if (!tail.path().isEmpty() && tail.path().get(0) == topNode) {
			this.fixed.append(html, 0, position);
		}
		else {
			int topLevel = finishBefore(tail, topNode, marks);
			int start = (topLevel < marks.topLevel.size()) ? marks.topLevel.get(topLevel) : html.length();
			this.fixed.setLength(0);
			if (!cut.chain().isEmpty()) {
				this.fixed.append(html, start, position);
			}
			else {
				marks.cutAt = start;
			}
		}
		if (!cut.chain().isEmpty()) {
			this.fixedLookups.putAll(this.definitions.lookups());
		}
		this.leaf = null;
		this.base = Frontier.between(cut.offset(), this.fixed.length(), cut.spine(), cut.sibling());
	}

	/**
	 * Finishes the top-level blocks before the one that stays open. Each gets the part of
	 * the source from the definitions before it on; a table that cannot be read without
	 * the paragraph before it gets that paragraph's part too. The look-ups are those of
	 * all of the parse: more than a block made itself, never fewer.
	 * @return how many were finished
	 */
	private int finishBefore(Tail tail, Node topNode, Marks marks) {
		Map<String, String> lookups = new HashMap<>(this.fixedLookups);
		lookups.putAll(this.definitions.lookups());
		Node visible = topNode;
		while (visible instanceof LinkReferenceDefinition) {
			visible = visible.getNext();
		}
		int count = marks.topLevelNodes.indexOf(visible);
		List<Node> nodes = (count < 0) ? marks.topLevelNodes : marks.topLevelNodes.subList(0, count);
		int previous = this.top.cut();
		int start = previous;
		for (int i = 0; i < nodes.size(); i++) {
			int next = (i + 1 < nodes.size()) ? tail.unitOffset(nodes.get(i + 1)) : tail.lineOffset(topNode);
			boolean joined = i > 0 && nodes.get(i) instanceof TableBlock table && tail.needsParagraph(table);
			this.finished.add(new FinishedBlocks.Finished(joined ? previous : start, next, lookups));
			previous = start;
			start = next;
		}
		this.top = Frontier.topLevel(tail.lineOffset(topNode));
		this.fixedLookups = new HashMap<>();
		return nodes.size();
	}

	private void moveLeaf(Tail tail, OpenLeaf open, int start, int end, String html) {
		collectDefinitions(tail.document(), open.block());
		this.fixed.append(html, start, end);
		this.fixedLookups.putAll(this.definitions.lookups());
		this.leaf = open.next().withHtmlLength(this.fixed.length());
	}

	/**
	 * Makes the definitions before a node final.
	 * @return whether the node was met
	 */
	private boolean collectDefinitions(Node parent, Node stop) {
		for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
			if (node == stop) {
				return true;
			}
			if (node instanceof LinkReferenceDefinition definition) {
				this.definitions.commit(definition);
			}
			else if (OpenContainer.is(node) && collectDefinitions(node, stop)) {
				return true;
			}
		}
		return false;
	}

	/** The display pass: from the innermost frontier that holds, giving up none. */
	private void display() {
		Tail tail = parse(frontier(), this.source.length());
		if (tail == null && this.leaf != null) {
			tail = parse(this.base, this.source.length());
		}
		if (tail == null || this.definitions.anyChanged(this.fixedLookups)) {
			tail = parse(this.top, this.source.length());
		}
		if (tail == null) {
			throw new IllegalStateException("A top-level block is parsed without a stub");
		}
		Marks marks = new Marks();
		String html = emit(tail, marks);
		show(tail, marks, html);
		this.openText = OpenText.find(tail, marks, html);
		this.openBlock = this.finished.size() + marks.topLevel.size() - 1;
	}

	/**
	 * Cuts a paragraph within its open line, at a blank. The line has shown that it is
	 * part of the paragraph; its beginning must show the same, which the back tick late
	 * in a line that starts like a fence does not allow. An attempt costs a parse: it
	 * must promise half of the text after the frontier, and where it gains less than a
	 * quarter, the next one waits until that text has doubled.
	 */
	private void settleOpenLine() {
		int length = this.source.length() - frontier().cut();
		if (this.openText == null || !this.openText.isSettledParagraph(this.source) || length < this.settleLength) {
			return;
		}
		Frontier before = frontier();
		int end = this.source.lastBlankBehindLetter(before.cut() + length / 2);
		if (end > 0) {
			Tail tail = parseRevoking(end);
			if (tail.lastLeaf() instanceof Paragraph) {
				commit(tail, false);
			}
		}
		boolean settled = frontier().cut() > before.cut() + length / 4;
		this.settleLength = settled ? SETTLE_LENGTH : 2 * length;
	}

	/** Renders the finished blocks again for which a label now means something else. */
	private void showFinished() {
		for (int index : this.finished.stale(this.definitions.takeTouched(), this.definitions)) {
			FinishedBlocks.Finished block = this.finished.get(index);
			Node document = this.parser.parseApart(this.source.substring(block.start(), block.end()));
			Marks marks = new Marks();
			HtmlEmitter emitter = new HtmlEmitter(marks, List.of(), (char) 0);
			emitter.emit(document);
			int last = marks.topLevel.get(marks.topLevel.size() - 1);
			this.shown.replace(index, 0, emitter.toString().substring(last));
			this.finished.set(index,
					new FinishedBlocks.Finished(block.start(), block.end(), this.definitions.lookups()));
		}
	}

}
