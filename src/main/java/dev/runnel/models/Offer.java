package dev.runnel.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.runnel.upstream.Model;
import org.jspecify.annotations.Nullable;

/**
 * The models offered at one moment.
 *
 * @param models the models, in the order to show them
 * @param byId the same models, by id
 * @param defaultModel the model that answers if a question names none; null if unknown
 * @param complete whether only these models may be asked
 */
record Offer(List<Model> models, Map<String, Model> byId, @Nullable String defaultModel, boolean complete) {

	/**
	 * Chooses from a list.
	 * @param listed the models of the endpoint, in its order
	 * @param allowed the models that the settings allow
	 * @param stated the model that the settings name; it is always offered. Null for none
	 * @param complete whether only these models may be asked
	 */
	static Offer of(List<Model> listed, AllowedModels allowed, @Nullable String stated, boolean complete) {
		List<Model> all = new ArrayList<>(listed.stream().filter((model) -> allowed.allow(model.id())).toList());
		if (stated != null && listed.stream().noneMatch((model) -> model.id().equals(stated))) {
			all.add(0, Model.of(stated));
		}
		Map<String, Model> byId = all.stream()
			.collect(Collectors.toUnmodifiableMap(Model::id, Function.identity(), (first, second) -> first));
		String first = all.isEmpty() ? null : all.get(0).id();
		return new Offer(List.copyOf(all), byId, (stated != null) ? stated : first, complete);
	}

	/**
	 * Takes another default model, if it is offered.
	 * @param id the id of the model; null for none
	 */
	Offer preferring(@Nullable String id) {
		boolean known = id != null && this.byId.containsKey(id);
		return known ? new Offer(this.models, this.byId, id, this.complete) : this;
	}

	Optional<Model> find(String id) {
		return Optional.ofNullable(this.byId.get(id));
	}

}
