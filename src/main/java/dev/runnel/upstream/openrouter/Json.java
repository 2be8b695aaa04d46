package dev.runnel.upstream.openrouter;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.json.JsonMapper;

/**
 * How JSON of upstream is read: with limits, so that absurd input fails at once.
 */
final class Json {

	/** The maximum depth of JSON. Real answers have at most a dozen levels. */
	private static final int MAX_DEPTH = 64;

	private static final int MAX_STRING_CHARS = 64 * 1024 * 1024;

	/**
	 * Reads and writes token by token. There are few event loops and each reads many
	 * chunks, so buffers are kept per thread.
	 */
	static final JsonFactory FACTORY = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(MAX_DEPTH)
			.maxStringLength(MAX_STRING_CHARS)
			.maxNumberLength(100)
			.build())
		.recyclerPool(JsonRecyclerPools.threadLocalPool())
		.build();

	/** Reads whole documents, for rare ones such as errors. */
	static final JsonMapper MAPPER = JsonMapper.builder(FACTORY).build();

	private Json() {
	}

}
