package dev.runnel.markdown;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Random documents, streamed in random pieces: the HTML equals the batch rendering after
 * every update. {@code jqwik.tries.default} is the number of documents, for example
 * {@code -Djqwik.tries.default=200000} for a long run.
 */
class StreamingEquivalenceTests {

	private static final AtomicLong DOCUMENTS = new AtomicLong();

	private static final AtomicLong PREFIXES = new AtomicLong();

	@Property
	void equalsTheBatchRenderingAfterEveryUpdate(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int lines) {
		String text = NastyMarkdown.document(new Random(seed), lines);
		List<String> pieces = switch ((int) (seed & 3)) {
			case 0 -> Pieces.of(text, 1);
			case 1 -> Pieces.of(text, 4);
			default -> Pieces.random(text, seed);
		};
		DOCUMENTS.incrementAndGet();
		PREFIXES.addAndGet(Reader.read(pieces).prefixes());
	}

	@AfterContainer
	static void report() {
		System.out.printf("%s documents, %s prefixes equal to the batch rendering%n", DOCUMENTS, PREFIXES);
	}

}
