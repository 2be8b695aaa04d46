package dev.runnel.upstream;

import java.util.List;
import java.util.stream.Stream;

/**
 * The route to a model.
 *
 * @param id the id that visitors use, and that is stored with an answer
 * @param service the name of the service to ask
 * @param model the id by which the service knows the model
 * @param others models of the same service to try if this one fails, as the service knows
 * them
 * @param searches whether the model may search the web; only if its service offers that
 * @param draws whether the model is asked for pictures beside its text
 */
public record ModelRoute(String id, String service, String model, List<String> others, boolean searches,
		boolean draws) {

	public ModelRoute {
		others = List.copyOf(others);
	}

	/** A route without other models, for text without a search. */
	public ModelRoute(String id, String service, String model) {
		this(id, service, model, List.of(), false, false);
	}

	/**
	 * Adds a model of the same service.
	 * @param other the id by which the service knows the model
	 * @return the route with the other model; this route if it has the model already
	 */
	public ModelRoute or(String other) {
		return (this.model.equals(other) || this.others.contains(other)) ? this : new ModelRoute(this.id, this.service,
				this.model, Stream.concat(this.others.stream(), Stream.of(other)).toList(), this.searches, this.draws);
	}

	/**
	 * Lets the model search the web.
	 * @return the route with a search
	 */
	public ModelRoute searching() {
		return new ModelRoute(this.id, this.service, this.model, this.others, true, this.draws);
	}

	/**
	 * Asks the model for pictures beside its text.
	 * @return the route with pictures
	 */
	public ModelRoute drawing() {
		return new ModelRoute(this.id, this.service, this.model, this.others, this.searches, true);
	}

	/**
	 * Returns whether visitors know the model by another id than the service does.
	 * @return true if so
	 */
	boolean renames() {
		return !this.id.equals(this.model);
	}

	/**
	 * Returns the id for visitors of a model that the service names in an answer.
	 * @param named the id by which the service knows the model
	 * @return the id of this route for its own model, otherwise the id with the name of
	 * the service before it
	 */
	String shown(String named) {
		return named.equals(this.model) ? this.id : this.service + "/" + named;
	}

}
