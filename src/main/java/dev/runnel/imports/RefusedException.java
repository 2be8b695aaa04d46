package dev.runnel.imports;

import dev.runnel.web.Reason;

/**
 * Refuses a conversation in a file.
 */
final class RefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Cause cause;

	/**
	 * Creates the exception.
	 * @param reason the reason, a phrase that continues the place
	 */
	RefusedException(String reason) {
		this(reason, Cause.INVALID);
	}

	/**
	 * Creates the exception.
	 * @param reason the reason, a phrase that continues the place
	 * @param cause the reason for the page
	 */
	RefusedException(String reason, Cause cause) {
		super(reason, null, false, false);
		this.cause = cause;
	}

	/**
	 * Creates the exception for an exceeded limit.
	 * @param reason the reason, a phrase that continues the place
	 * @return the exception
	 */
	static RefusedException tooLarge(String reason) {
		return new RefusedException(reason, Cause.TOO_LARGE);
	}

	/**
	 * Creates the exception for missing memory. A later attempt may succeed.
	 * @return the exception
	 */
	static RefusedException noMemory() {
		return new RefusedException("needs more memory than the server has at the moment",
				Cause.of(Reason.MEMORY_USED));
	}

	ImportItem.Refused at(String where) {
		return new ImportItem.Refused(where, reason(), this.cause);
	}

	private String reason() {
		return String.valueOf(getMessage());
	}

}
