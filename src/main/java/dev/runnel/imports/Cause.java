package dev.runnel.imports;

import java.util.List;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;

/**
 * Why an item is not imported, as the page says it in the reader's language. The phrase
 * beside it says more, in English.
 *
 * @param reason the reason
 * @param parameters the numbers and names in its text
 * @param code the kind of the reason
 */
record Cause(Reason reason, List<Object> parameters, ErrorCode code) {

	static final Cause INVALID = of(Reason.IMPORT_INVALID);

	static final Cause TOO_LARGE = of(Reason.IMPORT_TOO_LARGE);

	static final Cause DAMAGED = of(Reason.IMPORT_DAMAGED);

	static final Cause UNKNOWN = of(Reason.IMPORT_UNKNOWN);

	static Cause of(Reason reason, Object... parameters) {
		return new Cause(reason, List.of(parameters), reason.code());
	}

	/** Returns the cause of a refusal by the store, with the code of its problem. */
	static Cause of(ProblemException ex) {
		ErrorCode code = ErrorCode.STORAGE_FULL.code().equals(ex.code()) ? ErrorCode.STORAGE_FULL
				: ErrorCode.INVALID_REQUEST;
		Reason reason = ex.reason();
		return (reason != null) ? new Cause(reason, ex.parameters(), code)
				: new Cause(Reason.IMPORT_INVALID, List.of(), code);
	}

}
