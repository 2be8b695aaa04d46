package dev.runnel.upstream.openrouter;

import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What one event of an answer says. A part is null where it says nothing.
 *
 * @param model who answers; read only where asked for
 * @param provider who runs the model; read only where asked for
 * @param text a delta of the answer
 * @param reasoning a delta of the reasoning
 * @param finishReason why the model stopped, as it came
 * @param usage what the answer took so far
 * @param failed whether it reports an error, which is then all that counts
 */
record Chunk(@Nullable String model, @Nullable String provider, @Nullable String text, @Nullable String reasoning,
		@Nullable String finishReason, @Nullable Usage usage, boolean failed) {

	/** Says nothing. */
	static final Chunk NOTHING = new Chunk(null, null, null, null, null, null, false);

	/** Reports an error. */
	static final Chunk FAILED = new Chunk(null, null, null, null, null, null, true);

	/**
	 * Whether it carries words of the model.
	 * @return true for text and reasoning
	 */
	boolean isOutput() {
		return this.text != null || this.reasoning != null;
	}

}
