package dev.runnel.upstream;

import java.util.List;
import java.util.regex.Matcher;
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
 * @param webSearchPrice the price of one search of the web during an answer, in US
 * dollars, in the same form; null if its service offers no search
 * @param draws whether it says that it answers with pictures too
 */
public record Model(String id, String name, @Nullable Long contextLength, @Nullable String promptPrice,
		@Nullable String completionPrice, List<String> inputModalities, boolean reasoning, boolean tools,
		@Nullable String webSearchPrice, boolean draws) {

	/** The longest id, in UTF-16 units. Paths of files serve as ids too. */
	public static final int MAX_ID_CHARS = 400;

	/**
	 * Control characters, line separators, lone surrogates and characters that change the
	 * text direction.
	 */
	private static final Pattern UNSEEN = Pattern
		.compile("[\\p{Cc}\\p{Cs}\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u2069\\uFEFF]");

	/**
	 * Absolute and relative paths, paths of Windows, model files, and ids of Gemini such
	 * as {@code models/gemini-2.5-flash}.
	 */
	private static final Pattern PATH = Pattern.compile("(?:\\.{0,2}|~|[A-Za-z]:)[/\\\\].*|models/.*|.*\\.gguf");

	private static final Pattern LAST_PART = Pattern.compile("[^/\\\\]+(?=[/\\\\]*$)");

	public Model {
		inputModalities = List.copyOf(inputModalities);
	}

	/** A model that answers with text. */
	public Model(String id, String name, @Nullable Long contextLength, @Nullable String promptPrice,
			@Nullable String completionPrice, List<String> inputModalities, boolean reasoning, boolean tools,
			@Nullable String webSearchPrice) {
		this(id, name, contextLength, promptPrice, completionPrice, inputModalities, reasoning, tools, webSearchPrice,
				false);
	}

	/** A model that answers with text, without a search of the web. */
	public Model(String id, String name, @Nullable Long contextLength, @Nullable String promptPrice,
			@Nullable String completionPrice, List<String> inputModalities, boolean reasoning, boolean tools) {
		this(id, name, contextLength, promptPrice, completionPrice, inputModalities, reasoning, tools, null);
	}

	/**
	 * Whether a text could be the id of a model. Servers use names, names with an author,
	 * and paths of files, with blanks and any letters.
	 * @param text any text
	 * @return true if it is one visible line of at most {@link #MAX_ID_CHARS} UTF-16
	 * units
	 */
	public static boolean isId(String text) {
		return !text.isBlank() && text.length() <= MAX_ID_CHARS && !UNSEEN.matcher(text).find();
	}

	/**
	 * Cleans a name that a service or an older server wrote.
	 * @param name the name of a model or of a provider
	 * @return one visible line; null if nothing is left
	 */
	public static @Nullable String line(@Nullable String name) {
		String line = (name != null) ? UNSEEN.matcher(name).replaceAll(" ").strip() : "";
		return line.isEmpty() ? null : line;
	}

	/**
	 * The name to show for an id. An id that is the path of a file, or of an entry in a
	 * list of the service, is shown by its last part. Author and name are shown whole.
	 * @param id the id
	 * @return the last part of a path; otherwise the id itself
	 */
	public static String nameOf(String id) {
		Matcher last = LAST_PART.matcher(id);
		return (PATH.matcher(id).matches() && last.find()) ? last.group() : id;
	}

	/**
	 * A model of which only the id is known.
	 * @param id the id
	 * @return the model, named by the last part of its id if that is a path
	 */
	public static Model of(String id) {
		return new Model(id, nameOf(id), null, null, null, List.of(), false, false);
	}

	/**
	 * The same model with another id.
	 * @param other the other id
	 * @return the model with that id
	 */
	public Model as(String other) {
		return other.equals(this.id) ? this
				: new Model(other, this.name, this.contextLength, this.promptPrice, this.completionPrice,
						this.inputModalities, this.reasoning, this.tools, this.webSearchPrice, this.draws);
	}

}
