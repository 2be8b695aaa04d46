package dev.runnel.upstream;

import java.util.List;

import dev.runnel.upstream.Prompt.Message;
import dev.runnel.upstream.Prompt.Sampling;

/**
 * Prompts for tests that do not depend on them.
 */
public final class TestPrompts {

	/** Leaves every choice to the model. */
	public static final Sampling SAMPLING = new Sampling(null, null, null, null);

	private TestPrompts() {
	}

	/** A prompt with one question. */
	public static Prompt question(String text) {
		return new Prompt(null, List.of(new Message(Role.USER, text)), SAMPLING, null, null);
	}

}
