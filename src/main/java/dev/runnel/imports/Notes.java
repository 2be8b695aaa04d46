package dev.runnel.imports;

import dev.runnel.conversation.Title;
import org.jspecify.annotations.Nullable;

/**
 * Short texts that an import writes into a message.
 */
final class Notes {

	private static final int NAME_CHARS = 200;

	private Notes() {
	}

	/**
	 * Returns the note that replaces something left out.
	 * @param what the thing left out
	 * @return the note
	 */
	static String note(String what) {
		return "[Not imported: " + what + "]";
	}

	/**
	 * Returns a name as one line.
	 * @param name any text; may be null
	 * @param otherwise the text to use instead of a blank name
	 * @return the name, shortened to 200 characters
	 */
	static String line(@Nullable String name, String otherwise) {
		String line = (name != null) ? Title.line(name) : "";
		return line.isEmpty() ? otherwise : Title.shorten(line, NAME_CHARS);
	}

}
