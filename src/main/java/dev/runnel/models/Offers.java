package dev.runnel.models;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;

import dev.runnel.web.Standing;
import org.jspecify.annotations.Nullable;

/**
 * The models offered at one moment, to people of each standing.
 *
 * @param all all models by id, in the order to show them
 * @param byStanding the models that people of each standing may ask
 * @param settled whether each service was asked for its list before; until then the
 * default model may still change
 */
record Offers(Map<String, ServedModel> all, Map<Standing, Offer> byStanding, boolean settled) {

	/** Nothing is offered. */
	static final Offers NONE = new Offers(Map.of(), Map.of(), false);

	/**
	 * Offers models after a change of a list. The default model stays while it is listed,
	 * even if the order changes.
	 * @param servedModels all models, in the order to show them
	 * @param open whether people of a standing may ask a model
	 * @param stated the model that the settings name; null for none
	 * @param settle whether each service was asked for its list
	 */
	Offers next(List<ServedModel> servedModels, BiPredicate<Standing, ServedModel> open, @Nullable String stated,
			boolean settle) {
		Map<String, ServedModel> byId = ModelIds.of(servedModels, this.all);
		Map<Standing, Offer> offers = new EnumMap<>(Standing.class);
		for (Standing standing : Standing.values()) {
			Map<String, ServedModel> some = new LinkedHashMap<>(byId);
			some.values().removeIf((served) -> !open.test(standing, served));
			Offer offer = Offer.of(some, stated);
			offers.put(standing, (stated == null) ? offer.preferring(before(standing)) : offer);
		}
		return new Offers(byId, offers, settle);
	}

	private @Nullable String before(Standing standing) {
		Offer before = this.byStanding.get(standing);
		return (this.settled && before != null) ? before.defaultModel() : null;
	}

	Offer of(Standing standing) {
		return Objects.requireNonNull(this.byStanding.get(standing));
	}

}
