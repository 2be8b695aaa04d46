package dev.runnel.upstream.mock;

import java.util.List;

import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QuotedText}, read by a Markdown parser.
 */
class QuotedTextTests {

	private static final List<Extension> EXTENSIONS = List.of(StrikethroughExtension.create(), TablesExtension.create(),
			TaskListItemsExtension.create());

	@ParameterizedTest
	@ValueSource(strings = { "# heading", "> quote", "- item", "1. item", "+ item", "    code", "```\ncode", "~~~",
			"***", "a\n===", "**bold** *it* __b__ `c` ~~s~~", "[a](javascript:alert(1))", "![a](https://a.b/c.png)",
			"<script>alert(1)</script>", "<!-- x", "&lt;b&gt; &#35; &amp;", "|a|b|\n|-|-|\n|c|d|", "[a]: http://a.b",
			"- [x] done", "a\\", "\\", "a  \nb", "a\r\n\r\nb", "\t# x", "[^1]", "$x$", "'\"", "<https://a.b>", "1) a" })
	void becomesOneParagraphOfPlainText(String text) {
		Node quote = Parser.builder().extensions(EXTENSIONS).build().parse("> " + QuotedText.of(text)).getFirstChild();
		assertThat(quote).isInstanceOf(BlockQuote.class);
		assertThat(quote.getNext()).isNull();
		Node paragraph = quote.getFirstChild();
		assertThat(paragraph).isInstanceOf(Paragraph.class);
		assertThat(paragraph.getNext()).isNull();
		Node content = paragraph.getFirstChild();
		assertThat(content).isInstanceOf(Text.class);
		assertThat(content.getNext()).isNull();
		assertThat(((Text) content).getLiteral()).isEqualTo(text.strip().replaceAll("\\s+", " "));
	}

	@Test
	void linksAtMostWhatWasAddressAlready() {
		Parser parser = Parser.builder().extensions(List.of(AutolinkExtension.create())).build();
		Node document = parser.parse("> " + QuotedText.of("javascript:alert(1) data:x"));
		assertThat(document.getFirstChild().getFirstChild().getFirstChild()).isInstanceOf(Text.class);
	}

	@Test
	void shortensWithoutCuttingCharacter() {
		assertThat(QuotedText.of("\uD83D\uDE00".repeat(300))).isEqualTo("\uD83D\uDE00".repeat(200) + "\u2026");
	}

	@Test
	void leavesOutWhatCannotBeShown() {
		assertThat(QuotedText.of("a\u0000b\u202Ec\u2066d\uD800e\u061Cf")).isEqualTo("abcd\uFFFDef");
	}

}
