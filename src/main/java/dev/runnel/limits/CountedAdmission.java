package dev.runnel.limits;

import dev.runnel.web.Caller;
import reactor.core.publisher.Mono;

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
	public Mono<Allowance> enter(Caller caller, long estimate) {
		if (!caller.limited()) {
			return Mono.just(new Allowance.Unlimited());
		}
		return this.requests.countShared(RequestKind.QUESTION).then(this.tokens.take(estimate));
	}

}
