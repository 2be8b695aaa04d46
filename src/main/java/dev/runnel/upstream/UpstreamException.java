package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;

/**
 * Carries an {@link UpstreamFailure} through a reactive stream. Message and cause are for
 * the server's log file and never reach a visitor.
 */
public final class UpstreamException extends RuntimeException {

	private final transient UpstreamFailure failure;

	/**
	 * Creates the exception without a stack trace. The place of creation says nothing,
	 * and the message holds what upstream did.
	 * @param failure the part that a visitor may see
	 * @param detail the part for the server's log file, without the key
	 * @param cause the underlying exception; null for none
	 */
	public UpstreamException(UpstreamFailure failure, String detail, @Nullable Throwable cause) {
		super(detail, cause, false, false);
		this.failure = failure;
	}

	/**
	 * The part that a visitor may see.
	 * @return the failure
	 */
	public UpstreamFailure failure() {
		return this.failure;
	}

}
