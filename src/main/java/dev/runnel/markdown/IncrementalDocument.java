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
 * Keeps the HTML of a growing source up to date, and parses only the text that may have
 * changed.
 * <p>
 * The <em>commit pass</em> parses complete lines and moves the {@linkplain Frontier
 * frontiers} forward. The <em>display pass</em> also parses the open line and changes
 * only the shown HTML. There are three frontiers, each at or after the one before: the
 * top at the start of the open top-level block, the base at the start of a block in it
 * and, if the last leaf block allows it, one inside that leaf. Text after a frontier can
 * revoke it: an underline turns the paragraph into a heading, a blank line loosens a
 * list. The pass is then repeated from the base, or from the top, which nothing revokes.
 */
final class IncrementalDocument {

	/** The length of the text after the frontier from which a long line is cut inside. */
	private static final int SETTLE_LENGTH = 160;

	private final SourceText source;

	private final LayeredDefinitions definitions = new LayeredDefinitions();

	private final RegionParser parser;

	private final FinishedBlocks finished = new FinishedBlocks();

	private final ShownBlocks shown = new ShownBlocks();

	private final FootnoteNumbers notes = new FootnoteNumbers();

	/** The frontier at the start of the open top-level block. */
	private Frontier top = Frontier.topLevel(0);

	/** The frontier at the last cut between blocks. */
	private Frontier base = this.top;

	/**
	 * The frontier at the last cut inside the last leaf block; null if there is none
	 * after the base.
	 */
	private @Nullable Frontier leaf;

	/** The HTML of the open top-level block before the frontier. */
	private final StringBuilder fixed = new StringBuilder();

	/** How much of the shown open block is known to be the same as the fixed HTML. */
	private int shownFixed;

	/** The labels that the fixed HTML looked up, with their meanings at that time. */
	private Map<String, String> fixedLookups = new HashMap<>();

	/** The end of the source that was parsed as complete lines. */
	private int committedEnd;

	/** The end of the source that is shown. */
	private int shownEnd;

	/**
	 * The place where more text can be inserted without a parse; null if there is none.
	 */
	private @Nullable OpenText openText;

	/** The block that holds the open text. */
	private int openBlock;

	/**
	 * How long the text after the frontier must be before a paragraph is cut in its open
	 * line.
	 */
	private int settleLength = SETTLE_LENGTH;

	private boolean tooLong;

	IncrementalDocument(SourceText source, InlineLimits limits) {
		this.source = source;
		this.parser = new RegionParser(this.definitions, limits);
	}

	/**
	 * Updates the HTML to the whole source.
	 * @return the changes
	 */
	List<BlockPatch> update() {
		int end = this.source.length();
		String text = (this.openText == null) ? null : this.openText.take(this.source, this.shownEnd, end);
		if (text != null && this.openText != null) {
			this.shownEnd = end;
			return text.isEmpty() ? List.of()
					: List.of(this.shown.insert(this.openBlock, text, this.openText.closers()));
		}
		try {
			parse(end);
		}
		catch (HtmlBound.ExceededException | TreeBound.ExceededException ex) {
			this.tooLong = true;
		}
		this.parser.release();
		return this.shown.takePatches();
	}

	/**
	 * Whether the HTML or a tree is too large. The last update may lack the end of the
	 * text.
	 */
	boolean isTooLong() {
		return this.tooLong || HtmlBound.isExceeded(this.shown.length(), this.source.length());
	}

	/**
	 * The length of the end tags that the next update will send again, as far as known.
	 */
	int closersLength() {
		return (this.openText == null) ? 0 : this.openText.closers().length();
	}

	/**
	 * Creates a plain block after the blocks of the document. The document gets no more
	 * text afterwards.
	 */
	PlainRest plainRest() {
		return new PlainRest(this.source, this.shown.size(), this.shownEnd);
	}

	/**
	 * The length of the whole HTML.
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
			this.shownEnd = lineEnd;
		}
		if (lineEnd < end) {
			display();
			this.shownEnd = end;
			settleOpenLine();
		}
		showFinished();
	}

	long parsedCharacters() {
		return this.parser.parsedCharacters();
	}

	/**
	 * The commit pass: parses up to the end and moves the frontiers as far as possible.
	 * @param showing whether to show the parse too; false if the display pass has already
	 * shown more
	 */
	private void commit(int end, boolean showing) {
		commit(parseRevoking(end), showing);
	}

	private void commit(Tail tail, boolean showing) {
		Cut cut = Cut.find(tail);
		OpenLeaf open = OpenLeaf.find(tail, this.parser.inlines());
		Marks marks = new Marks(this.notes);
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
		this.notes.settle((open != null) ? marks.leafAt : marks.cutAt);
		this.shownFixed = this.fixed.length();
	}

	/**
	 * Parses from the innermost valid frontier, and drops those that are no longer valid.
	 */
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
		TreeBound.check(this.source, from.cut(), end);
		Node document = this.parser.parse(from, this.source.substring(from.cut(), end));
		List<Node> path = from.follow(document);
		return (path == null) ? null : new Tail(this.source, from, end, document, path);
	}

	private String emit(Tail tail, Marks marks) {
		this.notes.start();
		int length = tail.from().htmlLength();
		char before = (length == 0) ? 0 : this.fixed.charAt(length - 1);
		long finishedLength = this.shown.length() - this.shown.lengthFrom(this.finished.size());
		HtmlEmitter emitter = new HtmlEmitter(marks, tail.path(), before,
				HtmlBound.room(finishedLength + length, this.source.length()));
		emitter.emit(tail.document());
		return emitter.toString();
	}

	/** Shows a parse: the open top-level block first, then the blocks after it. */
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
	 * Moves the base to a cut. A cut in the open top-level block fixes the HTML before
	 * the cut. Otherwise the top-level blocks before that of the cut are finished, and
	 * that of the cut becomes the top.
	 */
	private void moveBase(Tail tail, Cut cut, Marks marks, String html) {
		Node topNode = cut.chain().isEmpty() ? cut.node() : cut.chain().get(0);
		int position = marks.cutAt;
		this.definitions.commitBefore(tail.document(), cut.node());
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
	 * Finishes the top-level blocks before the block that stays open. The source part of
	 * each block includes the definitions right before it. A table that needs the
	 * paragraph before it gets the part of that paragraph too. The look-ups of the fixed
	 * HTML belong to the first block.
	 * @return the number of finished blocks
	 */
	private int finishBefore(Tail tail, Node topNode, Marks marks) {
		Map<Node, Map<String, String>> lookups = this.definitions.lookupsByTopLevel(tail.document());
		Node visible = topNode;
		while (visible instanceof LinkReferenceDefinition) {
			visible = visible.getNext();
		}
		int count = marks.topLevelNodes.indexOf(visible);
		List<Node> nodes = (count < 0) ? marks.topLevelNodes : marks.topLevelNodes.subList(0, count);
		int previous = this.top.cut();
		int start = previous;
		Map<String, String> own = this.fixedLookups;
		for (int i = 0; i < nodes.size(); i++) {
			int next = (i + 1 < nodes.size()) ? tail.unitOffset(nodes.get(i + 1)) : tail.lineOffset(topNode);
			boolean joined = i > 0 && nodes.get(i) instanceof TableBlock table && tail.needsParagraph(table);
			own = (i == 0 || joined) ? new HashMap<>(own) : new HashMap<>();
			own.putAll(lookups.getOrDefault(nodes.get(i), Map.of()));
			this.finished.add(new FinishedBlocks.Finished(joined ? previous : start, next, own));
			previous = start;
			start = next;
		}
		this.top = Frontier.topLevel(tail.lineOffset(topNode));
		this.fixedLookups = new HashMap<>();
		return nodes.size();
	}

	private void moveLeaf(Tail tail, OpenLeaf open, int start, int end, String html) {
		this.definitions.commitBefore(tail.document(), open.block());
		this.fixed.append(html, start, end);
		this.fixedLookups.putAll(this.definitions.lookups());
		this.leaf = open.next().withHtmlLength(this.fixed.length());
	}

	/**
	 * The display pass: parses from the innermost valid frontier, without dropping any.
	 */
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
		Marks marks = new Marks(this.notes);
		String html = emit(tail, marks);
		show(tail, marks, html);
		this.openText = OpenText.find(tail, marks, html);
		this.openBlock = this.finished.size() + marks.topLevel.size() - 1;
	}

	/**
	 * Cuts a paragraph in its open line, at a space. The line is already known to belong
	 * to the paragraph. Its beginning alone must be read the same way; this fails for a
	 * line that starts like a fence and has a back tick only later. An attempt costs a
	 * parse, so it must promise half of the text after the frontier. If it gains less
	 * than a quarter, the next attempt waits until that text has doubled.
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

	/**
	 * Renders a finished block again if a label has a new meaning for it. It stops when
	 * the HTML is too long, because the Markdown ends then.
	 */
	private void showFinished() {
		for (int index : this.finished.stale(this.definitions.takeTouched(), this.definitions)) {
			long room = HtmlBound.room(this.shown.length(), this.source.length());
			FinishedBlocks.Finished block = this.finished.get(index);
			TreeBound.check(this.source, block.start(), block.end());
			Node document = this.parser.parseApart(this.source.substring(block.start(), block.end()));
			Marks marks = new Marks(this.notes);
			this.notes.start();
			HtmlEmitter emitter = new HtmlEmitter(marks, List.of(), (char) 0, room + this.shown.length(index));
			emitter.emit(document);
			int last = marks.topLevel.get(marks.topLevel.size() - 1);
			this.shown.replace(index, 0, emitter.toString().substring(last));
			this.finished.set(index,
					new FinishedBlocks.Finished(block.start(), block.end(), this.definitions.lookups()));
		}
	}

}
