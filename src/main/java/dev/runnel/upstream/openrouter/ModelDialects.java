package dev.runnel.upstream.openrouter;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers the {@link ModelDialect} of each model until the server stops.
 */
final class ModelDialects {

	/** Visitors can name any model, so the number is limited. */
	private static final int MAX_MODELS = 1000;

	private final Map<String, ModelDialect> byModel = new ConcurrentHashMap<>();

	ModelDialect of(String model) {
		return this.byModel.getOrDefault(model, ModelDialect.COMMON);
	}

	/** Remembers whether answers of a model begin inside a thought. */
	void remember(String model, boolean startsThinking) {
		ModelDialect known = of(model);
		if (known.startsThinking() != startsThinking) {
			remember(model, known.startingWithThought(startsThinking));
		}
	}

	void remember(String model, ModelDialect dialect) {
		if (this.byModel.size() < MAX_MODELS || this.byModel.containsKey(model)) {
			this.byModel.put(model, dialect);
		}
	}

}
