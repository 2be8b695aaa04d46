package dev.runnel.limits;

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
	public Allowance reserve(long estimate) {
		return new CountedAllowance(this.budget, this.budget.take(estimate));
	}

	@Override
	public synchronized void close() {
		if (!this.told) {
			tokens(0);
		}
	}

}
