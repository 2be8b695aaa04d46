package dev.runnel.models;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelRoute;
import dev.runnel.upstream.ModelService;
import org.jspecify.annotations.Nullable;

/**
 * The models offered to some people at one moment.
 *
 * @param places the models by id, in the order to show them
 * @param models the same models, with these ids
 * @param defaultModel the model that answers if a question names none; null if unknown
 */
record Offer(Map<String, Place> places, List<ListedModel> models, @Nullable String defaultModel) {

	/**
	 * Offers models.
	 * @param places the models by id, in the order to show them
	 * @param stated the model that the settings name, which answers by default; null for
	 * none
	 * @return the offer; without a stated model the first one answers by default
	 */
	static Offer of(Map<String, Place> places, @Nullable String stated) {
		List<ListedModel> models = places.entrySet()
			.stream()
			.map((entry) -> entry.getValue().listed(entry.getKey()))
			.toList();
		return new Offer(places, models, standard(places, stated));
	}

	private static @Nullable String standard(Map<String, Place> places, @Nullable String stated) {
		Predicate<Map.Entry<String, Place>> isStated = (entry) -> stated != null && entry.getValue().isCalled(stated);
		return places.entrySet()
			.stream()
			.filter(isStated)
			.findFirst()
			.or(() -> places.entrySet().stream().findFirst())
			.map(Map.Entry::getKey)
			.orElse(null);
	}

	/**
	 * Takes another default model, if it is offered.
	 * @param id the id of the model; null for none
	 */
	Offer preferring(@Nullable String id) {
		boolean known = id != null && this.places.containsKey(id);
		return known ? new Offer(this.places, this.models, id) : this;
	}

	Optional<Model> find(String id) {
		return Optional.ofNullable(this.places.get(id)).map((place) -> place.as(id));
	}

	Optional<ModelRoute> route(String id) {
		return Optional.ofNullable(this.places.get(id)).map((place) -> place.route(id));
	}

	int countOf(ModelService service) {
		return (int) this.places.values().stream().filter((place) -> place.service() == service).count();
	}

}
