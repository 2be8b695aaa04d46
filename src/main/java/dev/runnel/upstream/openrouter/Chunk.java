package dev.runnel.upstream.openrouter;

import java.util.List;

import dev.runnel.upstream.Citation;
import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The content of one event of an answer. A part is null if the event does not have it.
 *
 * @param model the model that answers; read only on request
 * @param provider the company that runs the model; read only on request
 * @param text a delta of the answer
 * @param reasoning a delta of the reasoning
 * @param finishReason why the model stopped, as upstream sent it
 * @param usage the usage so far
 * @param failed whether the event reports an error; then its other parts do not matter
 * @param citations the pages that the answer cites; often empty
 * @param pictures the addresses of pictures; often empty
 */
record Chunk(@Nullable String model, @Nullable String provider, @Nullable String text, @Nullable String reasoning,
		@Nullable String finishReason, @Nullable Usage usage, boolean failed, List<Citation> citations,
		List<String> pictures) {

	/** Creates an event without citations and pictures. */
	Chunk(@Nullable String model, @Nullable String provider, @Nullable String text, @Nullable String reasoning,
			@Nullable String finishReason, @Nullable Usage usage, boolean failed) {
		this(model, provider, text, reasoning, finishReason, usage, failed, List.of(), List.of());
	}

	/** An event without content. */
	static final Chunk NOTHING = new Chunk(null, null, null, null, null, null, false);

	/** An event that reports an error. */
	static final Chunk FAILED = new Chunk(null, null, null, null, null, null, true);

	/**
	 * Whether it holds output of the model.
	 * @return true for text, reasoning and pictures
	 */
	boolean isOutput() {
		return this.text != null || this.reasoning != null || !this.pictures.isEmpty();
	}

	/**
	 * Whether it holds text and nothing else.
	 * @return true for a usual chunk
	 */
	boolean isText() {
		boolean named = this.model != null || this.provider != null;
		boolean more = this.reasoning != null || !this.citations.isEmpty() || !this.pictures.isEmpty();
		boolean over = this.finishReason != null || this.usage != null || this.failed;
		return this.text != null && !named && !more && !over;
	}

}
