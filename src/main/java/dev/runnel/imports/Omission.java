package dev.runnel.imports;

import java.util.Locale;

/**
 * A kind of thing that a file holds and an import leaves out.
 */
enum Omission {

	PICTURE, FILE, SOUND, VIDEO, CANVAS_CHANGE, TOOL_CALL, TOOL_RESULT, WEB_PAGE, INSTRUCTION, HIDDEN, ERROR, UNKNOWN;

	/**
	 * What the wire calls it.
	 * @return a stable name
	 */
	String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

}
