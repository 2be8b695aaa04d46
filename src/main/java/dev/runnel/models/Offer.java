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
 * @param servedModels the models by id, in the order to show them
 * @param models the same models, with these ids
 * @param defaultModel the model that answers if a question names none; null if unknown
 */
record Offer(Map<String, ServedModel> servedModels, List<ListedModel> models, @Nullable String defaultModel) {

	/**
	 * Offers models.
	 * @param servedModels the models by id, in the order to show them
	 * @param stated the model that the settings name, which answers by default; null for
	 * none
	 * @return the offer; without a stated model the first one answers by default
	 */
	static Offer of(Map<String, ServedModel> servedModels, @Nullable String stated) {
		List<ListedModel> models = servedModels.entrySet()
			.stream()
			.map((entry) -> entry.getValue().listed(entry.getKey()))
			.toList();
		return new Offer(servedModels, models, standard(servedModels, stated));
	}

	private static @Nullable String standard(Map<String, ServedModel> servedModels, @Nullable String stated) {
		Predicate<Map.Entry<String, ServedModel>> isStated = (entry) -> stated != null
				&& entry.getValue().isCalled(stated);
		return servedModels.entrySet()
			.stream()
			.filter(isStated)
			.findFirst()
			.or(() -> servedModels.entrySet().stream().findFirst())
			.map(Map.Entry::getKey)
			.orElse(null);
	}

	/**
	 * Takes another default model, if it is offered.
	 * @param id the id of the model; null for none
	 */
	Offer preferring(@Nullable String id) {
		boolean known = id != null && this.servedModels.containsKey(id);
		return known ? new Offer(this.servedModels, this.models, id) : this;
	}

	Optional<Model> find(String id) {
		return Optional.ofNullable(this.servedModels.get(id)).map((served) -> served.as(id));
	}

	Optional<ModelRoute> route(String id) {
		return Optional.ofNullable(this.servedModels.get(id)).map((served) -> served.route(id));
	}

	int countOf(ModelService service) {
		return (int) this.servedModels.values().stream().filter((served) -> served.service() == service).count();
	}

}
