package dev.runnel.upstream.openrouter;

import java.time.Duration;

import dev.runnel.upstream.UpstreamException;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.upstream.UpstreamFailure.Kind;
import dev.runnel.upstream.openrouter.ModelDialect.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Why one attempt to get an answer failed, and whether a second attempt may help. It
 * stays in this package: after the last attempt it becomes an {@link UpstreamException}.
 */
final class Failure extends RuntimeException {

	/** The wait before a second attempt if upstream names no time. */
	static final Duration SOON = Duration.ofMillis(300);

	private static final Duration MAX_WAIT = Duration.ofSeconds(5);

	private final Kind kind;

	private final @Nullable Duration retryAfter;

	private final @Nullable Duration nextAttempt;

	private final @Nullable Refusal refusal;

	private Failure(Kind kind, String detail, @Nullable Duration retryAfter, @Nullable Duration nextAttempt,
			@Nullable Refusal refusal) {
		super(detail, null, false, false);
		this.kind = kind;
		this.retryAfter = retryAfter;
		this.nextAttempt = nextAttempt;
		this.refusal = refusal;
	}

	static Failure of(Kind kind, String detail) {
		return new Failure(kind, detail, null, null, null);
	}

	/** Adds the refused field of the request. */
	Failure refusing(@Nullable Refusal field) {
		return new Failure(this.kind, detail(), this.retryAfter, this.nextAttempt, field);
	}

	/**
	 * Adds the time after which upstream accepts a new request, to show to the visitor.
	 */
	Failure retryAfter(@Nullable Duration time) {
		return new Failure(this.kind, detail(), time, this.nextAttempt, this.refusal);
	}

	/**
	 * Allows a second attempt, unless upstream asks for a wait longer than
	 * {@link #MAX_WAIT}.
	 */
	Failure tryAgainIn(Duration time) {
		Duration next = (this.retryAfter != null) ? this.retryAfter : time;
		return new Failure(this.kind, detail(), this.retryAfter, (next.compareTo(MAX_WAIT) <= 0) ? next : null,
				this.refusal);
	}

	/**
	 * The same failure for an answer of which a visitor has seen a part. It allows no
	 * second attempt. A general kind becomes "broken off", a more useful kind stays.
	 */
	Failure afterOutput() {
		Kind seen = switch (this.kind) {
			case UNAVAILABLE, INVALID_RESPONSE -> Kind.INTERRUPTED;
			// the request was accepted, so this is no refusal
			case REFUSED, MODEL_UNAVAILABLE -> Kind.ERROR;
			default -> this.kind;
		};
		return new Failure(seen, detail(), this.retryAfter, null, null);
	}

	Kind kind() {
		return this.kind;
	}

	/** The wait before the second attempt; null if it would not help. */
	@Nullable Duration nextAttempt() {
		return this.nextAttempt;
	}

	/** The refused field of the request; null if upstream names none. */
	@Nullable Refusal refusal() {
		return this.refusal;
	}

	String detail() {
		return String.valueOf(getMessage());
	}

	UpstreamException toUpstreamException(String cleanDetail) {
		return new UpstreamException(new UpstreamFailure(this.kind, this.retryAfter), cleanDetail, null);
	}

}
