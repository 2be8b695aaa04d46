package dev.runnel.markdown;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code $…$} and {@code \(…\)} in one line, and {@code $$…$$} and {@code \[…\]}
 * in one paragraph. A dollar opens math only without a letter or digit before it and
 * without a blank after it. The next dollar must close it, without a blank before it and
 * without a letter or digit after it. So prices stay text. Letters of CJK text do not
 * count, and neither do the ends of {@code $n$th} and {@code $x$s}. Math holds no back
 * tick, so code stays code. Escaped brackets that look like a link or a definition are no
 * math.
 */
final class MathInlineParser implements InlineContentParser {

	private static final Set<String> ENDINGS = Set.of("th", "st", "nd", "rd", "s");

	/** The length of the longest ending. */
	static final int MAX_ENDING_CHARS = 2;

	/**
	 * For each closer: the position up to which there is none, so that no text is
	 * searched twice.
	 */
	private final Map<String, Position> searched = new HashMap<>();

	@Override
	public @Nullable ParsedInline tryParse(InlineParserState state) {
		Scanner scanner = state.scanner();
		int before = scanner.peekPreviousCodePoint();
		if (scanner.next('\\')) {
			String closer = scanner.next('(') ? "\\)" : scanner.next('[') ? "\\]" : "";
			return closer.isEmpty() ? ParsedInline.none() : parse(scanner, closer);
		}
		scanner.next();
		if (scanner.next('$')) {
			return parse(scanner, "$$");
		}
		boolean opens = !isWord(before) && !isBlank(scanner.peek());
		return opens ? parse(scanner, "$") : ParsedInline.none();
	}

	private static boolean isWord(int codePoint) {
		return Character.isLetterOrDigit(codePoint) && !Cjk.is(codePoint);
	}

	private @Nullable ParsedInline parse(Scanner scanner, String closer) {
		Position start = scanner.position();
		Position known = this.searched.get(closer);
		if (known != null && start.compareTo(known) < 0) {
			return ParsedInline.none();
		}
		if (!skipTo(scanner, closer)) {
			this.searched.put(closer, scanner.position());
			return ParsedInline.none();
		}
		String tex = scanner.getSource(start, scanner.position()).getContent();
		scanner.next(closer);
		Position end = scanner.position();
		boolean display = isDisplay(closer);
		boolean math = MathText.hasSubstance(tex) && (tex.indexOf('\n') < 0 || !MathText.hasProse(tex))
				&& (display ? !isLink(scanner.peek(), closer) : closer.equals("\\)") || isClosed(tex, scanner));
		return math ? ParsedInline.of(new MathInline(tex.strip(), display), end) : ParsedInline.none();
	}

	private static boolean isDisplay(String closer) {
		return closer.equals("$$") || closer.equals("\\]");
	}

	private static boolean isLink(char behind, String closer) {
		return closer.equals("\\]") && "([:".indexOf(behind) >= 0;
	}

	/**
	 * Moves to the closer, or to the first character after which it cannot come, because
	 * math does not nest.
	 */
	private static boolean skipTo(Scanner scanner, String closer) {
		char opener = closer.equals("\\)") ? '(' : closer.equals("\\]") ? '[' : Scanner.END;
		boolean lines = isDisplay(closer);
		while (!isEnd(scanner.peek(), lines) && scanner.peek() != '`') {
			Position position = scanner.position();
			if (scanner.next(closer)) {
				scanner.setPosition(position);
				return true;
			}
			if (closer.startsWith("$") && scanner.peek() == '$') {
				return false;
			}
			if (scanner.next('\\') && (scanner.peek() == opener || isEnd(scanner.peek(), lines))) {
				return false;
			}
			scanner.next();
		}
		return false;
	}

	private static boolean isEnd(char c, boolean lines) {
		return c == Scanner.END || (c == '\n' && !lines);
	}

	private static boolean isClosed(String tex, Scanner behind) {
		return !isBlank(tex.charAt(tex.length() - 1)) && !continuesWord(behind) && !isPrice(tex);
	}

	/** Whether a word or a number goes on after the closing dollar. */
	private static boolean continuesWord(Scanner scanner) {
		StringBuilder word = new StringBuilder();
		while (word.length() <= MAX_ENDING_CHARS && isWord(scanner.peekCodePoint())) {
			word.append(scanner.peek());
			scanner.next();
		}
		return !word.isEmpty() && !ENDINGS.contains(word.toString());
	}

	/** Whether the text is a number followed by words: the text between two amounts. */
	private static boolean isPrice(String tex) {
		if (!Character.isDigit(tex.charAt(0)) || tex.indexOf('\\') >= 0) {
			return false;
		}
		for (int i = 1; i + 1 < tex.length(); i++) {
			if (tex.charAt(i - 1) == ' ' && Character.isLetter(tex.charAt(i))
					&& Character.isLetter(tex.charAt(i + 1))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isBlank(char c) {
		return c == Scanner.END || " \t\n".indexOf(c) >= 0;
	}

	/**
	 * Creates a parser for each block.
	 */
	static final class Factory implements InlineContentParserFactory {

		@Override
		public Set<Character> getTriggerCharacters() {
			return Set.of('$', '\\');
		}

		@Override
		public InlineContentParser create() {
			return new MathInlineParser();
		}

	}

}
