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
 * Parses {@code $…$}, {@code $$…$$}, {@code \(…\)} and {@code \[…\]} in one line. A
 * dollar opens math only without a letter or digit before it and without a blank after
 * it. The next dollar must close it, without a blank before it and without a letter or
 * digit after it. So prices stay text. Math holds no back tick, so code stays code.
 * Escaped brackets that look like a link or a definition are no math.
 */
final class MathInlineParser implements InlineContentParser {

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
		boolean opens = !Character.isLetterOrDigit(before) && !isBlank(scanner.peek());
		return opens ? parse(scanner, "$") : ParsedInline.none();
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
		char behind = scanner.peek();
		boolean math = hasSubstance(tex) && switch (closer) {
			case "$" -> isClosed(tex, behind);
			case "\\]" -> behind != '(' && behind != '[' && behind != ':';
			default -> true;
		};
		return math ? ParsedInline.of(new MathInline(tex.strip(), closer.equals("$$") || closer.equals("\\]")),
				scanner.position()) : ParsedInline.none();
	}

	/**
	 * Moves to the closer, or to the first character after which it cannot come, because
	 * math does not nest.
	 */
	private static boolean skipTo(Scanner scanner, String closer) {
		char opener = closer.equals("\\)") ? '(' : closer.equals("\\]") ? '[' : '\n';
		while (!isLineEnd(scanner.peek()) && scanner.peek() != '`') {
			Position position = scanner.position();
			if (scanner.next(closer)) {
				scanner.setPosition(position);
				return true;
			}
			if (closer.startsWith("$") && scanner.peek() == '$') {
				return false;
			}
			if (scanner.next('\\') && (scanner.peek() == opener || isLineEnd(scanner.peek()))) {
				return false;
			}
			scanner.next();
		}
		return false;
	}

	private static boolean isLineEnd(char c) {
		return c == Scanner.END || c == '\n';
	}

	private static boolean isClosed(String tex, char behind) {
		return !isBlank(tex.charAt(tex.length() - 1)) && !Character.isLetterOrDigit(behind) && !isPrice(tex);
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

	/**
	 * Whether a text can be TeX: it needs a letter or a digit.
	 */
	static boolean hasSubstance(String tex) {
		return tex.codePoints().anyMatch(Character::isLetterOrDigit);
	}

	private static boolean isBlank(char c) {
		return c == ' ' || c == '\t' || c == '\n' || c == Scanner.END;
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
