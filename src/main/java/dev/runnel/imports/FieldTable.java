package dev.runnel.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import tools.jackson.core.JsonParser;

/**
 * The fields of one kind of JSON object, each with the code that reads it. A field that
 * is not in the table is skipped: it is not needed.
 *
 * @param <T> receives the values
 */
final class FieldTable<T> {

	private final Map<String, BiConsumer<T, JsonParser>> fields = new HashMap<>();

	/**
	 * Adds a field.
	 * @param name the name of the field
	 * @param reader called while the parser is at the value
	 * @return this table
	 */
	FieldTable<T> with(String name, BiConsumer<T, JsonParser> reader) {
		this.fields.put(name, reader);
		return this;
	}

	/**
	 * Adds fields that are read in the same way.
	 * @param names the names of the fields
	 * @param reader called while the parser is at the value
	 * @return this table
	 */
	FieldTable<T> with(List<String> names, BiConsumer<T, JsonParser> reader) {
		names.forEach((name) -> with(name, reader));
		return this;
	}

	/**
	 * Reads a field.
	 * @param object receives the value
	 * @param json the parser, at the value of the field
	 * @param name the name of the field
	 */
	void read(T object, JsonParser json, String name) {
		BiConsumer<T, JsonParser> reader = this.fields.get(name);
		if (reader != null) {
			reader.accept(object, json);
		}
	}

	/**
	 * Reads all fields of the current object. Any other value is skipped.
	 * @param object receives the values
	 * @param json the parser
	 */
	void readAll(T object, JsonParser json) {
		JsonFields.each(json, (name) -> read(object, json, name));
	}

}
