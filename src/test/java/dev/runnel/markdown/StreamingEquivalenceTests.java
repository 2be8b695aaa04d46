package dev.runnel.markdown;

import java.util.List;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Random documents, streamed in random pieces: the HTML equals the batch rendering after
 * every update. {@code jqwik.tries.default} is the number of documents, for example
 * {@code -Djqwik.tries.default=200000} for a long run.
 */
class StreamingEquivalenceTests {

	@Property
	void equalsTheBatchRenderingAfterEveryUpdate(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int lines) {
		String text = NastyMarkdown.document(new Random(seed), lines);
		List<String> pieces = switch ((int) (seed & 3)) {
			case 0 -> Pieces.of(text, 1);
			case 1 -> Pieces.of(text, 4);
			default -> Pieces.random(text, seed);
		};
		Reader.read(pieces);
	}

	/** Documents around the largest depth of containers. */
	@Property
	void equalsTheBatchRenderingInDeepContainers(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int lines) {
		String text = NastyMarkdown.deepDocument(new Random(seed), lines);
		Reader.read(((seed & 1) == 0) ? Pieces.of(text, 4) : Pieces.random(text, seed));
	}

}
