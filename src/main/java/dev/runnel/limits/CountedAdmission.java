package dev.runnel.limits;

import dev.runnel.web.Caller;

/**
 * Admission that counts the questions of all visitors and the tokens.
 */
final class CountedAdmission implements Admission {

	private final Requests requests;

	private final TokenBudget tokens;

	CountedAdmission(Requests requests, TokenBudget tokens) {
		this.requests = requests;
		this.tokens = tokens;
	}

	@Override
	public Allowance enter(Caller caller, long estimate) {
		if (!caller.limited()) {
			return new Allowance.Unlimited();
		}
		this.requests.countShared(RequestKind.QUESTION);
		return new CountedAllowance(this.tokens, this.tokens.take(estimate));
	}

}
