package dev.runnel.imports;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * Says what is wrong with JSON that cannot be read further.
 */
final class BrokenJson {

	private BrokenJson() {
	}

	/**
	 * Returns what is wrong with the JSON, the disk or the zip.
	 * @param ex the failure
	 * @param location the place in the JSON that was read last
	 * @return a phrase that continues the name of the file
	 */
	static String reason(JacksonException ex, TokenStreamLocation location) {
		String place = "at line " + location.getLineNr() + ", column " + location.getColumnNr();
		if (ex instanceof StreamConstraintsException) {
			return "is nested too deeply, or has too long a name, text or number, " + place;
		}
		return (ex.getCause() != null) ? "cannot be unpacked" : "is not well-formed JSON " + place;
	}

	/**
	 * Returns what is wrong, for the page.
	 * @param ex the failure
	 * @return the cause
	 */
	static Cause cause(JacksonException ex) {
		return (ex instanceof StreamConstraintsException) ? Cause.INVALID : Cause.DAMAGED;
	}

}
