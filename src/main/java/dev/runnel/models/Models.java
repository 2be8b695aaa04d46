package dev.runnel.models;

import java.util.List;
import java.util.Optional;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelRoute;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import dev.runnel.web.Standing;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The models that visitors may choose, as far as they are known now. Only {@link #ready}
 * waits. It is safe for use by several threads.
 */
public interface Models {

	/**
	 * Returns the models that a person of a standing may choose.
	 * @param standing what the person is on this server
	 * @return these models, or fewer of them
	 */
	default Models of(Standing standing) {
		return this;
	}

	/**
	 * Finds a model in the list.
	 * @param id any text
	 * @return the model, if it is in the list
	 */
	Optional<Model> find(String id);

	/**
	 * The model that answers if a question names none: the one that the settings name, or
	 * the first one that a service lists.
	 * @return a model id; {@code default} while none is known, because servers with one
	 * model answer to any name
	 * @throws ProblemException {@code model_unavailable}, if no known model may be asked
	 */
	String defaultModel();

	/**
	 * Waits a short time for the list if only that can name the default model.
	 * @return completes when the default model is known, or after the time
	 */
	Mono<Void> ready();

	/**
	 * Returns whether a model may be asked. The default model always may. Until a
	 * configured service has returned a list, every allowed id of valid form may be
	 * asked, and the service decides. The name of a service and a slash may stand before
	 * the id of each of its models.
	 * @param id any text
	 * @return true if it may
	 */
	boolean offered(String id);

	/**
	 * Checks that a model may be asked. It may disappear later; then the question that
	 * uses it fails.
	 * @param id the id of the model; null for none
	 * @param field the name of the field that the problem reports
	 * @throws ProblemException if the model is not offered
	 */
	default void check(@Nullable String id, String field) {
		if (id != null && !offered(id)) {
			throw ProblemException.field(field, "must be a model listed by GET /api/models")
				.because(Reason.MODEL_NOT_OFFERED, id);
		}
	}

	/**
	 * Returns whether the settings allow a model, known or not. They always allow the
	 * default model.
	 * @param id any text
	 * @return true if they do
	 */
	boolean allowed(String id);

	/**
	 * Returns the routes to a model, and to the models that may answer in its place.
	 * @param id the id of the model
	 * @return the routes in the order to take them; empty if no service may be asked
	 */
	List<ModelRoute> routes(String id);

}
