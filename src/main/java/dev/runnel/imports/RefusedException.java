package dev.runnel.imports;

/**
 * A conversation in a file cannot be taken.
 */
final class RefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean tooLarge;

	/**
	 * Creates it.
	 * @param reason why not, to be read after the place
	 */
	RefusedException(String reason) {
		this(reason, false);
	}

	private RefusedException(String reason, boolean tooLarge) {
		super(reason, null, false, false);
		this.tooLarge = tooLarge;
	}

	/**
	 * A bound is the reason.
	 * @param reason which
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
