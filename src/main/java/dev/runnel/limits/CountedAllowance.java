package dev.runnel.limits;

import reactor.core.publisher.Mono;

/**
 * An allowance from the shared token budget.
 */
final class CountedAllowance implements Allowance {

	private final TokenBudget budget;

	private long taken;

	private boolean told;

	CountedAllowance(TokenBudget budget, long taken) {
		this.budget = budget;
		this.taken = taken;
	}

	@Override
	public boolean counts() {
		return true;
	}

	@Override
	public synchronized void tokens(long tokens) {
		this.budget.settle(this.taken, tokens);
		this.taken = tokens;
		this.told = true;
	}

	@Override
	public Mono<Allowance> reserve(long estimate) {
		return this.budget.take(estimate).map((taken) -> new CountedAllowance(this.budget, taken));
	}

	@Override
	public synchronized void close() {
		if (!this.told) {
			tokens(0);
		}
	}

}
