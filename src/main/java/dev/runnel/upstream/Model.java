package dev.runnel.upstream;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A model that can be asked.
 *
 * @param id what a prompt names it by
 * @param name what people call it
 * @param contextLength how many tokens it can read; null where unknown
 * @param promptPrice US dollars for one token read, a decimal number without exponent;
 * null where unknown
 * @param completionPrice US dollars for one token written, likewise
 * @param inputModalities what it can read, such as text and image; empty where unknown
 * @param reasoning whether it can be asked to reason
 * @param tools whether it can call tools
 */
public record Model(String id, String name, @Nullable Long contextLength, @Nullable String promptPrice,
		@Nullable String completionPrice, List<String> inputModalities, boolean reasoning, boolean tools) {

	/** Author, name and variant, with what OpenRouter and other servers put into ids. */
	private static final Pattern ID = Pattern.compile("[\\w~@][\\w/:~.@+-]{0,199}");

	public Model {
		inputModalities = List.copyOf(inputModalities);
	}

	/**
	 * Whether a text could be the id of a model.
	 * @param text any text
	 * @return true if it has the form of one
	 */
	public static boolean isId(String text) {
		return ID.matcher(text).matches();
	}

	/**
	 * A model of which no more than its id is known.
	 * @param id the id
	 * @return the model, named like its id
	 */
	public static Model of(String id) {
		return new Model(id, id, null, null, null, List.of("text"), false, false);
	}

}
