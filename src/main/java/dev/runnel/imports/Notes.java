package dev.runnel.imports;

import java.util.regex.Pattern;

import dev.runnel.conversation.Title;
import org.jspecify.annotations.Nullable;

/**
 * Short texts that an import writes into a message.
 */
final class Notes {

	private static final int NAME_CHARS = 200;

	private static final Pattern MARKS = Pattern.compile("[\\\\`*_\\[\\]<>&#~|$]");

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
	 * Returns the note that replaces something of a known kind.
	 * @param kind the kind of the thing left out
	 * @param name the name of the thing; empty if unknown
	 * @return the note
	 */
	static String note(Omission kind, String name) {
		String what = (kind != Omission.UNKNOWN) ? kind.wireName() : name.isEmpty() ? "something" : "";
		return note((what + " " + name).strip());
	}

	/**
	 * Returns a name for use in Markdown.
	 * @param name one line
	 * @return the name, with its marks escaped
	 */
	static String escaped(String name) {
		return MARKS.matcher(name).replaceAll("\\\\$0");
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
