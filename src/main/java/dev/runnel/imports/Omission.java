package dev.runnel.imports;

import java.util.Locale;

/**
 * A kind of content that an import leaves out.
 */
enum Omission {

	PICTURE, FILE, SOUND, VIDEO, CANVAS_CHANGE, TOOL_CALL, TOOL_RESULT, WEB_PAGE, INSTRUCTION, HIDDEN, ERROR, UNKNOWN;

	/**
	 * Returns the name in the API.
	 * @return a stable name
	 */
	String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

}
