package dev.runnel.upstream;

import java.util.List;

import dev.runnel.upstream.Prompt.Message;
import dev.runnel.upstream.Prompt.Sampling;

/**
 * Prompts for tests that are about something else.
 */
public final class TestPrompts {

	/** Leaves every choice to the model. */
	public static final Sampling SAMPLING = new Sampling(null, null, null, null);

	private TestPrompts() {
	}

	/** A question and nothing else. */
	public static Prompt question(String text) {
		return new Prompt(null, List.of(new Message(Role.USER, text)), SAMPLING, null, null);
	}

}
