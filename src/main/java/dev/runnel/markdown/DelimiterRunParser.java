package dev.runnel.markdown;

import java.util.Set;

import org.commonmark.node.Text;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Scanner;

/**
 * Reads the runs of asterisks, underscores and tildes. {@link Delimiters} pairs them
 * later.
 */
final class DelimiterRunParser implements InlineContentParser {

	@Override
	public ParsedInline tryParse(InlineParserState state) {
		Scanner scanner = state.scanner();
		int previous = scanner.peekPreviousCodePoint();
		char mark = scanner.peek();
		int length = scanner.matchMultiple(mark);
		DelimiterRun run = new DelimiterRun(mark, length, previous, scanner.peekCodePoint());
		boolean tildes = mark == '~' && length != 2;
		return ParsedInline.of(tildes ? new Text(run.text()) : run, scanner.position());
	}

	/**
	 * Creates a parser for each block.
	 */
	static final class Factory implements InlineContentParserFactory {

		@Override
		public Set<Character> getTriggerCharacters() {
			return Set.of('*', '_', '~');
		}

		@Override
		public InlineContentParser create() {
			return new DelimiterRunParser();
		}

	}

}
