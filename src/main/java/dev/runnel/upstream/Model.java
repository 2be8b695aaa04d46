package dev.runnel.upstream;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A model that visitors can ask.
 *
 * @param id the id that names it in a prompt
 * @param name the name to show
 * @param contextLength the size of its context, in tokens; null if unknown
 * @param promptPrice the price of one token read, in US dollars, a decimal number without
 * exponent; null if unknown
 * @param completionPrice the price of one token written, in the same form; null if
 * unknown
 * @param inputModalities the kinds of input it reads, such as text and image; empty if
 * unknown
 * @param reasoning whether it supports reasoning
 * @param tools whether it supports tool calls
 */
public record Model(String id, String name, @Nullable Long contextLength, @Nullable String promptPrice,
		@Nullable String completionPrice, List<String> inputModalities, boolean reasoning, boolean tools) {

	/**
	 * Author, name and variant, with the characters that OpenRouter and other servers use
	 * in ids.
	 */
	private static final Pattern ID = Pattern.compile("[\\w~@][\\w/:~.@+-]{0,199}");

	public Model {
		inputModalities = List.copyOf(inputModalities);
	}

	/**
	 * Whether a text could be the id of a model.
	 * @param text any text
	 * @return true if it has the form of an id
	 */
	public static boolean isId(String text) {
		return ID.matcher(text).matches();
	}

	/**
	 * A model of which only the id is known.
	 * @param id the id
	 * @return the model, with the id as its name
	 */
	public static Model of(String id) {
		return new Model(id, id, null, null, null, List.of("text"), false, false);
	}

}
