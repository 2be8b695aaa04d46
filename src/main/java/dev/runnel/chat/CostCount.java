package dev.runnel.chat;

import java.util.function.Function;

import dev.runnel.budget.ModelCall;
import dev.runnel.budget.Price;
import dev.runnel.budget.Tokens;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.ModelRoute;
import dev.runnel.upstream.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/**
 * Counts what one model call costs while its answer is written. If no money is left, it
 * closes the exchange with the model, and the answer ends with what it has. Events arrive
 * one at a time.
 */
final class CostCount {

	/**
	 * What a picture of an answer counts until the service reports its tokens, in
	 * quarters of a token: about as much as a square one at high quality.
	 */
	private static final long PICTURE = 4 * 4000;

	private static final ModelEvent SPENT = new ModelEvent.Finished(FinishReason.BUDGET, null, null, null);

	private final ModelCall call;

	private final Function<String, Price> prices;

	/** Whether the model has written anything. */
	private boolean output;

	/** Whether the mock writes instead. */
	private boolean mocked;

	private boolean spent;

	/** Whether the model writes no more. A stop may come on another thread. */
	private volatile boolean over;

	private CostCount(ModelCall call, Function<String, Price> prices) {
		this.call = call;
		this.prices = prices;
	}

	/**
	 * Counts a model call.
	 * @param call counts the cost
	 * @param prompt the prompt of the call
	 * @param prices finds the price of the model that answers, by its id
	 * @param answer the events of the model
	 * @return the same events, to the first one that uses up the money; only an end if
	 * there is too little money for the prompt
	 */
	static Flux<ModelEvent> within(ModelCall call, Prompt prompt, Function<String, Price> prices,
			Flux<ModelEvent> answer) {
		return Flux.defer(() -> {
			Integer maxTokens = prompt.sampling().maxTokens();
			if (!call.begin(tokens(prompt), (maxTokens != null) ? maxTokens : TokenCount.USUAL_ANSWER,
					searches(prompt))) {
				return Flux.just(SPENT);
			}
			CostCount count = new CostCount(call, prices);
			Flux<ModelEvent> counted = answer.<ModelEvent>handle(count::see)
				.doOnError((ex) -> count.fail())
				.doOnTerminate(count::over)
				.doOnCancel(count::stop);
			return call.isLimited() ? counted.concatWith(Flux.defer(count::end)) : counted;
		});
	}

	private static boolean searches(Prompt prompt) {
		return prompt.routes().stream().limit(1).anyMatch(ModelRoute::searches);
	}

	private static long tokens(Prompt prompt) {
		return prompt.messages().stream().mapToLong(CostCount::tokens).sum();
	}

	/**
	 * A file has a length as if its tokens were text, which is a quarter of a token each.
	 */
	private static long tokens(Prompt.Message message) {
		return Tokens.quarters(message.content()) + message.attachments().stream().mapToLong(Attachment::length).sum();
	}

	private void see(ModelEvent event, SynchronousSink<ModelEvent> sink) {
		boolean left = count(event);
		sink.next(event);
		if (!left) {
			this.spent = true;
			sink.complete();
		}
	}

	/** Returns whether any money is left. */
	private boolean count(ModelEvent event) {
		if (event instanceof ModelEvent.Text text) {
			this.output = true;
			return this.mocked || this.call.add(Tokens.quarters(text.text()));
		}
		if (event instanceof ModelEvent.Reasoning reasoning) {
			this.output = true;
			return this.mocked || this.call.think(Tokens.quarters(reasoning.text()));
		}
		if (event instanceof ModelEvent.Picture) {
			this.output = true;
			return this.call.add(PICTURE);
		}
		if (event instanceof ModelEvent.Charged charged) {
			return this.call.charge(charged.usage());
		}
		if (event instanceof ModelEvent.Named named) {
			return this.call.answeredBy(named.model(), this.prices.apply(named.model()));
		}
		if (event instanceof ModelEvent.FellBack) {
			this.mocked = true;
			this.over = true;
			this.call.cancel();
		}
		else if (event instanceof ModelEvent.Finished finished && !this.mocked) {
			this.call.report(finished.usage());
		}
		return true;
	}

	/** A model that failed before its first word costs only what its service reports. */
	private void fail() {
		if (!this.output) {
			this.call.cancel();
		}
	}

	private void over() {
		this.over = true;
	}

	/** An attempt that is stopped before its first word costs its prompt. */
	private void stop() {
		if (!this.over) {
			this.call.resumed();
		}
	}

	private Flux<ModelEvent> end() {
		return this.spent ? Flux.just(SPENT) : Flux.empty();
	}

}
