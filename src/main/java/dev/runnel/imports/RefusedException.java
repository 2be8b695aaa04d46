package dev.runnel.imports;

/**
 * Refuses a conversation in a file.
 */
final class RefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean tooLarge;

	/**
	 * Creates the exception.
	 * @param reason the reason, a phrase that continues the place
	 */
	RefusedException(String reason) {
		this(reason, false);
	}

	private RefusedException(String reason, boolean tooLarge) {
		super(reason, null, false, false);
		this.tooLarge = tooLarge;
	}

	/**
	 * Creates the exception for an exceeded limit.
	 * @param reason the reason, a phrase that continues the place
	 * @return the exception
	 */
	static RefusedException tooLarge(String reason) {
		return new RefusedException(reason, true);
	}

	ImportItem.Refused at(String where) {
		return new ImportItem.Refused(where, reason(), this.tooLarge);
	}

	private String reason() {
		return String.valueOf(getMessage());
	}

}
