package dev.runnel.chat;

import reactor.core.publisher.Mono;

/**
 * Runs the steps of a turn. Errors of the virtual machine, for example a stack overflow,
 * become exceptions that end the turn: Reactor does not pass such errors to its error
 * handlers.
 */
final class TurnSteps {

	private TurnSteps() {
	}

	/**
	 * Runs a step when the result is subscribed to.
	 * @param step the step
	 * @return completes when the step is done
	 */
	static Mono<Void> step(Runnable step) {
		return Mono.fromRunnable(() -> run(step));
	}

	/**
	 * Runs a step now.
	 * @param step the step
	 */
	static void run(Runnable step) {
		try {
			step.run();
		}
		catch (VirtualMachineError | LinkageError ex) {
			throw defect(ex);
		}
	}

	/**
	 * Wraps an error.
	 * @param ex the error
	 * @return an exception that ends the turn
	 */
	static IllegalStateException defect(Error ex) {
		return new IllegalStateException("a step of the turn failed", ex);
	}

}
