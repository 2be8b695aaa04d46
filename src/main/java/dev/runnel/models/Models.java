package dev.runnel.models;

import java.util.List;
import java.util.Optional;

import dev.runnel.upstream.Model;

/**
 * The models that visitors may choose, as far as they are known now. It never waits and
 * is safe for use by several threads.
 */
public interface Models {

	/**
	 * Returns the models in the order of the endpoint. The default model is always
	 * included.
	 * @return at least one model
	 */
	List<Model> list();

	/**
	 * Finds a model in the list.
	 * @param id any text
	 * @return the model, if it is in the list
	 */
	Optional<Model> find(String id);

	/**
	 * Returns whether a model may be asked. The default model always may. Until a
	 * configured endpoint has returned a list, every allowed id of valid form may be
	 * asked, and the endpoint decides.
	 * @param id any text
	 * @return true if it may
	 */
	boolean offered(String id);

	/**
	 * Returns whether the settings allow a model, known or not. They always allow the
	 * default model.
	 * @param id any text
	 * @return true if they do
	 */
	boolean allowed(String id);

}
