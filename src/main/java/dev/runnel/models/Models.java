package dev.runnel.models;

import java.util.List;
import java.util.Optional;

import dev.runnel.upstream.Model;

/**
 * The models that may be chosen, as far as they are known now. Never waits; safe for use
 * by several threads.
 */
public interface Models {

	/**
	 * The models, the endpoint's own order, at least the default one.
	 * @return the models
	 */
	List<Model> list();

	/**
	 * Finds a model that is known.
	 * @param id any text
	 * @return the model, if it is in the list
	 */
	Optional<Model> find(String id);

	/**
	 * Whether a model may be asked. The default model always may. As long as a configured
	 * endpoint gave no list, every id of good form may, for the endpoint to decide.
	 * @param id any text
	 * @return true if it may
	 */
	boolean offered(String id);

	/**
	 * Whether the settings allow a model, known or not. They always allow the default
	 * one.
	 * @param id any text
	 * @return true if they do
	 */
	boolean allowed(String id);

}
