package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads a stream of updates as a page does: gathers the content, applies the patches, and
 * compares with the batch rendering after each of them.
 */
final class Reader {

	private final StringBuilder content = new StringBuilder();

	private final List<String> blocks = new ArrayList<>();

	private int prefixes;

	private long patchBytes;

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
		this.content.append(update.content());
		update.patches().forEach(this::apply);
		if (!update.isEmpty()) {
			this.prefixes++;
			String expected = MarkdownRenderer.render(this.content.toString());
			if (!html().equals(expected)) {
				assertThat(html()).as("after <%s>", this.content).isEqualTo(expected);
			}
		}
	}

	private void apply(BlockPatch patch) {
		assertThat(patch.block()).isLessThanOrEqualTo(this.blocks.size());
		String old = (patch.block() < this.blocks.size()) ? this.blocks.get(patch.block()) : "";
		assertKeepsWholes(old, patch.keep());
		this.patchBytes += patch.html().length();
		String html = old.substring(0, patch.keep()) + patch.html();
		if (patch.block() < this.blocks.size()) {
			this.blocks.set(patch.block(), html);
		}
		else {
			this.blocks.add(html);
		}
	}

	private static void assertKeepsWholes(String old, int keep) {
		boolean tagCut = old.lastIndexOf('<', keep - 1) > old.lastIndexOf('>', keep - 1);
		boolean entityCut = old.lastIndexOf('&', keep - 1) > old.lastIndexOf(';', keep - 1);
		boolean pairCut = keep > 0 && Character.isHighSurrogate(old.charAt(keep - 1));
		if (tagCut || entityCut || pairCut) {
			throw new AssertionError("Cut at " + keep + " in <" + old + ">");
		}
	}

	String html() {
		return String.join("", this.blocks);
	}

	String content() {
		return this.content.toString();
	}

	int prefixes() {
		return this.prefixes;
	}

	long patchBytes() {
		return this.patchBytes;
	}

}
