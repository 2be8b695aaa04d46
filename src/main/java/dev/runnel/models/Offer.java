package dev.runnel.models;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
		List<Model> found = listed.stream().filter((model) -> allowed.allow(model.id())).toList();
		Stream<Model> missing = Stream.ofNullable(stated)
			.filter((id) -> found.stream().noneMatch((model) -> model.id().equals(id)))
			.map(Model::of);
		List<Model> all = Stream.concat(missing, found.stream()).toList();
		Map<String, Model> byId = all.stream()
			.collect(Collectors.toUnmodifiableMap(Model::id, Function.identity(), (one, same) -> one));
		String standard = Stream.concat(Stream.ofNullable(stated), all.stream().map(Model::id))
			.findFirst()
			.orElse(null);
		return new Offer(all, byId, standard, complete);
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
