package dev.runnel.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Cuts the HTML of a text into pieces that a browser lays out one by one. For example, a
 * list of ten thousand items becomes many lists of some hundred items. Elements that are
 * open at a cut are closed in the piece before it and opened again in the next piece,
 * with the class {@code rest} if the repetition would be visible. The page's script does
 * the same in {@code pieces.js} while an answer grows.
 */
final class Pieces {

	/**
	 * The length of HTML that a browser lays out within a few milliseconds, in UTF-16
	 * units.
	 */
	private static final int ENOUGH = 16_000;

	private static final int NEVER_CUT = 2000;

	private static final Pattern TAG = Pattern.compile("<(/?)([a-z][a-z0-9]*)\\b[^>]*>");

	private static final Set<String> BLOCKS = Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "pre",
			"blockquote", "hr", "table", "tr", "div", "details");

	private static final Set<String> HOLDERS = Set.of("ul", "ol", "li", "blockquote", "tbody");

	private final String html;

	private final List<OpenElement> open = new ArrayList<>();

	/** The weight of the current piece so far. */
	private Weight weight = new Weight();

	private Pieces(String html) {
		this.html = html;
	}

	/**
	 * Cuts HTML.
	 * @param html HTML from this application's renderer
	 * @return the pieces, each well-formed; at least one
	 */
	static List<Piece> of(String html) {
		return new Pieces(html).cut();
	}

	private List<Piece> cut() {
		List<Piece> pieces = new ArrayList<>();
		int start = 0;
		String opening = "";
		for (int end = next(start); end >= 0; end = next(start)) {
			pieces.add(new Piece(opening + this.html.substring(start, end) + closing(), !this.open.isEmpty()));
			opening = OpenElement.opening(this.open);
			start = end;
		}
		pieces.add(new Piece(opening + this.html.substring(start), false));
		return pieces;
	}

	/** The end of the piece that begins here; -1 for the last piece. */
	private int next(int start) {
		if (this.html.length() - start <= NEVER_CUT) {
			return -1;
		}
		this.weight = new Weight();
		Matcher tag = TAG.matcher(this.html);
		int at = start;
		while (tag.find(at)) {
			int end = endBefore(tag, start, at);
			if (end >= 0) {
				return end;
			}
			pass(tag);
			at = tag.end();
		}
		return -1;
	}

	/** Folded blocks stay together, because a second fold would have no summary. */
	private int endBefore(Matcher tag, int start, int from) {
		if (this.open.stream().anyMatch((element) -> element.name().equals("details"))) {
			return -1;
		}
		boolean inRow = this.open.stream().anyMatch((element) -> element.name().equals("tr"));
		boolean isEnough = isEnough(from - start, this.weight.isEnoughInText());
		int inText = new TextCut(this.html, start, tag.start()).after(from, last(), isEnough, inRow);
		if (inText >= 0) {
			return inText;
		}
		boolean between = tag.group(1).isEmpty() && BLOCKS.contains(tag.group(2)) && isBetweenBlocks();
		return (between && isEnough(tag.start() - start, this.weight.isEnoughIn(last()))) ? tag.start() : -1;
	}

	private static boolean isEnough(int length, boolean isHeavy) {
		return length >= ENOUGH || (length >= NEVER_CUT && isHeavy);
	}

	private boolean isBetweenBlocks() {
		OpenElement last = last();
		return last == null || HOLDERS.contains(last.name());
	}

	private void pass(Matcher tag) {
		if (!tag.group(1).isEmpty()) {
			this.weight.end(this.open.remove(this.open.size() - 1), tag.start());
			return;
		}
		this.weight.begin(tag.group(2));
		OpenElement parent = last();
		if (parent != null) {
			this.open.set(this.open.size() - 1, parent.with(tag, this.html));
		}
		if (!OpenElement.isVoid(tag.group(2))) {
			this.open.add(OpenElement.of(tag));
		}
	}

	private @Nullable OpenElement last() {
		return this.open.isEmpty() ? null : this.open.get(this.open.size() - 1);
	}

	private String closing() {
		List<OpenElement> inner = new ArrayList<>(this.open);
		Collections.reverse(inner);
		StringBuilder closing = new StringBuilder();
		inner.forEach((element) -> closing.append("</").append(element.name()).append('>'));
		return closing.toString();
	}

	/**
	 * A piece of the HTML of a text.
	 *
	 * @param html its HTML, well-formed
	 * @param isCut whether its last element continues in the next piece
	 */
	record Piece(String html, boolean isCut) {
	}

}
