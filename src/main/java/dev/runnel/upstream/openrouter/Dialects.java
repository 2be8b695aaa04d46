package dev.runnel.upstream.openrouter;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers the {@link Dialect} of each model until the server stops.
 */
final class Dialects {

	/** Visitors can name any model, so the number is limited. */
	private static final int MAX_MODELS = 1000;

	private final Map<String, Dialect> byModel = new ConcurrentHashMap<>();

	Dialect of(String model) {
		return this.byModel.getOrDefault(model, Dialect.COMMON);
	}

	/** Remembers whether answers of a model begin inside a thought. */
	void remember(String model, boolean startsThinking) {
		Dialect known = of(model);
		if (known.startsThinking() != startsThinking) {
			remember(model, known.startingWithThought(startsThinking));
		}
	}

	void remember(String model, Dialect dialect) {
		if (this.byModel.size() < MAX_MODELS || this.byModel.containsKey(model)) {
			this.byModel.put(model, dialect);
		}
	}

}
