package dev.runnel.markdown;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Code in the language Markdown that holds fences of the same length.
 */
class MarkdownFenceTests {

	private static final String NESTED = "```markdown\n# a\n\n```js\nb\n```\n\n- c\n```\n\nend **e**";

	@Test
	void aFenceWithALanguageOpensInnerCode() {
		assertThat(MarkdownRenderer.render(NESTED))
			.isEqualTo("<pre><code class=\"language-markdown\"># a\n\n```js\nb\n```\n\n- c\n</code></pre>\n"
					+ "<p>end <strong>e</strong></p>\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { NESTED, "~~~md\n~~~x\n~~~y\na\n~~~\n\n\n~~~\nb\n~~~\nc",
			"- ```md\n  ```x\n  a\n\n  ```\n  ```\n- b", "> ```markdown\n> ```x\n> ````\n> ```\n> a",
			"````md\n```x\n```\n````\na", "```md a\n```x `y`\n```\n```\na" })
	void streamsInEveryCut(String text) {
		for (int size = 1; size < 8; size++) {
			Reader.read(Pieces.of(text, size));
		}
	}

	@Test
	void longInnerCodeIsNotParsedAgain() {
		String text = "```markdown\n```js\n" + "line of code\n".repeat(2000) + "```\nmore\n```\nend";
		StreamingMarkdown markdown = new StreamingMarkdown();
		Pieces.of(text, 4).forEach(markdown::append);
		markdown.finish();
		assertThat(markdown.parsedCharacters()).isLessThan(6L * text.length());
		assertThat(markdown.html()).isEqualTo(MarkdownRenderer.render(text)).endsWith("</pre>\n<p>end</p>\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "```js\n```x\n```\na", "```markdownx\n```x\n```\na" })
	void otherCodeEndsWithTheFirstFence(String text) {
		assertThat(MarkdownRenderer.render(text)).endsWith("</pre>\n<p>a</p>\n");
	}

}
