package dev.runnel.markdown;

import dev.runnel.markdown.StreamingMarkdown.MarkdownUpdate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads a stream of updates like a page: collects the content, applies the patches, and
 * compares with the batch rendering after each update.
 */
final class Reader {

	private final PageBlocks page = new PageBlocks();

	private int prefixes;

	/**
	 * Streams a text in pieces and checks every prefix and the end.
	 */
	static Reader read(Iterable<String> pieces) {
		Reader reader = new Reader();
		StreamingMarkdown markdown = new StreamingMarkdown();
		for (String piece : pieces) {
			reader.take(markdown.append(piece));
			if (markdown.hasPending()) {
				reader.take(markdown.flush());
			}
		}
		reader.take(markdown.finish());
		assertThat(reader.html()).isEqualTo(markdown.html());
		assertThat(reader.content()).isEqualTo(String.join("", pieces));
		return reader;
	}

	void take(MarkdownUpdate update) {
		this.page.take(update);
		if (!update.isEmpty()) {
			this.prefixes++;
			String expected = MarkdownRenderer.renderAtOnce(content());
			if (!html().equals(expected)) {
				assertThat(html()).as("after <%s>", content()).isEqualTo(expected);
			}
		}
	}

	String html() {
		return this.page.html();
	}

	String content() {
		return this.page.content();
	}

	int prefixes() {
		return this.prefixes;
	}

}
