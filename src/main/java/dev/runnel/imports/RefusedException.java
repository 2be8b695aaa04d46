package dev.runnel.imports;

import dev.runnel.web.ErrorCode;

/**
 * Refuses a conversation in a file.
 */
final class RefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final ErrorCode code;

	/**
	 * Creates the exception.
	 * @param reason the reason, a phrase that continues the place
	 */
	RefusedException(String reason) {
		this(reason, ErrorCode.INVALID_REQUEST);
	}

	private RefusedException(String reason, ErrorCode code) {
		super(reason, null, false, false);
		this.code = code;
	}

	/**
	 * Creates the exception for an exceeded limit.
	 * @param reason the reason, a phrase that continues the place
	 * @return the exception
	 */
	static RefusedException tooLarge(String reason) {
		return new RefusedException(reason, ErrorCode.PAYLOAD_TOO_LARGE);
	}

	/**
	 * Creates the exception for missing memory. A later attempt may succeed.
	 * @return the exception
	 */
	static RefusedException noMemory() {
		return new RefusedException("needs more memory than the server has at the moment", ErrorCode.RATE_LIMITED);
	}

	ImportItem.Refused at(String where) {
		return new ImportItem.Refused(where, reason(), this.code);
	}

	private String reason() {
		return String.valueOf(getMessage());
	}

}
