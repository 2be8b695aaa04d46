package dev.runnel.web;

import java.util.EnumSet;
import java.util.Set;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

import org.springframework.stereotype.Component;

/**
 * Counts the requests that a limit refused, by the {@link Reason}.
 */
@Component
final class RefusalMeter implements MeterBinder {

	private static final Set<ErrorCode> LIMITS = EnumSet.of(ErrorCode.RATE_LIMITED, ErrorCode.BUDGET_SPENT,
			ErrorCode.STORAGE_FULL);

	/** Until the metrics are there, a registry that keeps nothing. */
	private volatile MeterRegistry registry = new CompositeMeterRegistry();

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Counts a failed request if a limit refused it.
	 * @param failure the reason of the failure
	 */
	void count(Throwable failure) {
		Reason reason = (failure instanceof ProblemException problem) ? problem.reason() : null;
		if (reason != null && LIMITS.contains(reason.code())) {
			Counter.builder("runnel.refusals")
				.description("Requests that a limit refused")
				.tag("reason", reason.wireName())
				.register(this.registry)
				.increment();
		}
	}

}
