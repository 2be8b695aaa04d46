package dev.runnel.chat;

import java.util.ArrayList;
import java.util.List;

import dev.runnel.catalogue.Models;
import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.Turn;
import dev.runnel.upstream.Answers;
import dev.runnel.upstream.Model;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.WellFormed;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * What goes upstream with a question, and how much of it fits.
 */
final class TurnContext {

	/**
	 * How long a token is, in UTF-16 units. A rule of thumb for English; where it is
	 * wrong the model says so.
	 */
	private static final long CHARS_PER_TOKEN = 4;

	/** Room for an answer where nobody says how long it may be. */
	private static final long USUAL_ANSWER_TOKENS = 4096;

	/** Not every model goes on with an answer by itself, but every model follows this. */
	private static final String GO_ON = "Continue your last message from exactly where it ends. "
			+ "Do not repeat any of it and add no remarks.";

	private final ChatSettings settings;

	private final Models models;

	private final Answers answers;

	TurnContext(ChatSettings settings, Models models, Answers answers) {
		this.settings = settings;
		this.models = models;
		this.answers = answers;
	}

	/**
	 * The room for earlier messages.
	 * @param asked how the question is asked
	 * @param length of the question, in UTF-16 units
	 * @return UTF-16 units
	 */
	int room(ConversationSettings asked, int length) {
		String id = (asked.model() != null) ? asked.model() : this.answers.defaultModel();
		Long context = this.models.find(id).map(Model::contextLength).orElse(null);
		if (context == null) {
			return this.settings.contextChars();
		}
		long answer = (asked.maxTokens() != null) ? asked.maxTokens() : Math.min(USUAL_ANSWER_TOKENS, context / 2);
		long chars = (context - answer) * CHARS_PER_TOKEN - length - system(asked).length();
		return (int) Math.max(0, Math.min(chars, this.settings.contextChars()));
	}

	/**
	 * All that the model is told.
	 * @param turn the question and what came before it
	 * @param asked how the question is asked
	 * @param model the model to ask
	 * @return the prompt
	 */
	Prompt prompt(Turn turn, ConversationSettings asked, String model) {
		List<Prompt.Message> messages = new ArrayList<>();
		String system = system(asked);
		if (StringUtils.hasText(system)) {
			messages.add(new Prompt.Message(Role.SYSTEM, WellFormed.of(system)));
		}
		messages.addAll(turn.history());
		messages.add(new Prompt.Message(Role.USER, turn.text()));
		Answer written = turn.written();
		Source continued = continued(written);
		if (written != null && continued != null) {
			addWritten(written, messages);
		}
		return new Prompt(model, messages, sampling(asked), VisitorHash.of(turn.visitor()),
				turn.conversation().toString(), continued);
	}

	/**
	 * Where an answer that goes on came from.
	 * @param written what is there already; null for an answer that begins
	 * @return null where there is no text to go on with
	 */
	static @Nullable Source continued(@Nullable Answer written) {
		return (written != null && StringUtils.hasText(written.content())) ? written.source() : null;
	}

	/**
	 * An answer that goes on is shown to the model, which is then asked to go on: to end
	 * with the answer itself is refused by some models and taken for whole by others.
	 */
	private static void addWritten(Answer written, List<Prompt.Message> messages) {
		messages.add(new Prompt.Message(Role.ASSISTANT, written.content()));
		messages.add(new Prompt.Message(Role.USER, GO_ON));
	}

	private String system(ConversationSettings asked) {
		String system = (asked.system() != null) ? asked.system() : this.settings.system();
		return (system != null) ? system : "";
	}

	private static Prompt.Sampling sampling(ConversationSettings asked) {
		return new Prompt.Sampling(asked.temperature(), asked.topP(), asked.maxTokens(), asked.reasoningEffort());
	}

}
