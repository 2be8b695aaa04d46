package dev.runnel.limits;

import java.util.function.LongConsumer;

import reactor.core.publisher.Mono;

/**
 * An allowance from the shared token budget.
 */
final class CountedAllowance implements Allowance {

	private final TokenBudget budget;

	private final LongConsumer correction;

	private long taken;

	private boolean told;

	/**
	 * Creates an allowance.
	 * @param budget the budget of further calls
	 * @param taken the number of tokens taken
	 * @param correction takes more tokens where these were taken; negative to give back
	 */
	CountedAllowance(TokenBudget budget, long taken, LongConsumer correction) {
		this.budget = budget;
		this.taken = taken;
		this.correction = correction;
	}

	@Override
	public boolean counts() {
		return true;
	}

	@Override
	public synchronized void tokens(long tokens) {
		this.correction.accept(tokens - this.taken);
		this.taken = tokens;
		this.told = true;
	}

	@Override
	public Mono<Allowance> reserve(long estimate) {
		return this.budget.take(estimate);
	}

	@Override
	public synchronized void close() {
		if (!this.told) {
			tokens(0);
		}
	}

}
