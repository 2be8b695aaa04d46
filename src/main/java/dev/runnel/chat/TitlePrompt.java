package dev.runnel.chat;

import java.util.List;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.Turn;
import dev.runnel.models.Models;
import dev.runnel.upstream.Model;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.ReasoningEffort;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.WellFormed;

/**
 * The prompt that asks a model for the title of a conversation.
 *
 * @param settings name the model, or none
 * @param models the models that may be chosen
 */
record TitlePrompt(ChatSettings settings, Models models) {

	private static final String TASK = "Write a title for the conversation below: two to six words, in its language, "
			+ "plain text. Answer with the title alone.";

	private static final int MAX_TOKENS = 64;

	/** The token limit of a reasoning model: it may be unable to reason briefly. */
	private static final int MAX_TOKENS_REASONING = 2048;

	/**
	 * How much of the start of question and answer is sent, in UTF-16 units each. The
	 * start is enough to find a title.
	 */
	private static final int EXCERPT_CHARS = 1500;

	/**
	 * Builds the prompt.
	 * @param turn the first turn of the conversation
	 * @param answer its answer
	 * @return the prompt for the configured model, or for the one that answered; no other
	 * service sees the conversation
	 */
	Prompt of(Turn turn, Answer answer) {
		String asked = "Question:\n" + excerpt(turn.question()) + "\n\nAnswer:\n" + excerpt(answer.content());
		String titleModel = this.settings.titleModel();
		String chosen = (titleModel != null && !titleModel.isBlank()) ? titleModel : turn.origin().model();
		Prompt prompt = new Prompt(chosen,
				List.of(new Prompt.Message(Role.SYSTEM, TASK), new Prompt.Message(Role.USER, asked)), sampling(chosen),
				VisitorHash.of(turn.visitor()), null);
		return prompt.along(this.models.routes(chosen).stream().limit(1).toList());
	}

	/**
	 * Asks for minimal reasoning, not for none: some models must reason and refuse a
	 * request without reasoning.
	 */
	private Prompt.Sampling sampling(String model) {
		return this.models.find(model)
			.filter(Model::reasoning)
			.map((thinks) -> new Prompt.Sampling(null, null, MAX_TOKENS_REASONING, ReasoningEffort.MINIMAL))
			.orElse(new Prompt.Sampling(null, null, MAX_TOKENS, null));
	}

	private static String excerpt(String text) {
		return WellFormed.of(text.substring(0, Math.min(text.length(), EXCERPT_CHARS)));
	}

}
