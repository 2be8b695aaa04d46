package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;

/**
 * Carries an {@link UpstreamFailure} through a reactive stream. The message and the cause
 * are for the log of the server and never reach a visitor.
 */
public final class UpstreamException extends RuntimeException {

	private final transient UpstreamFailure failure;

	/**
	 * Creates the exception without a stack trace: where it was made says nothing, what
	 * upstream did is in the message.
	 * @param failure what a visitor may know
	 * @param detail what the log should know, without the key
	 * @param cause what lies behind it, or null
	 */
	public UpstreamException(UpstreamFailure failure, String detail, @Nullable Throwable cause) {
		super(detail, cause, false, false);
		this.failure = failure;
	}

	/**
	 * What went wrong.
	 * @return the failure
	 */
	public UpstreamFailure failure() {
		return this.failure;
	}

}
