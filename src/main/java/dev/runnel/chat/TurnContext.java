package dev.runnel.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.TurnPlanner.TurnPlan;
import dev.runnel.models.Models;
import dev.runnel.upstream.Answers;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelRoute;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.WellFormed;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Builds the prompt of a turn, and decides how many earlier messages fit.
 */
final class TurnContext {

	/**
	 * Not every model continues an answer by itself, but every model follows this
	 * instruction.
	 */
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
	 * Decides which model answers, and how much of the earlier messages is sent.
	 * @param choice the models that the visitor may choose
	 * @param request the request body
	 * @param kept the settings of the conversation
	 * @param length the length of the question and of the written part of the answer, in
	 * UTF-16 units
	 * @param written the written part of a continued answer; null for a new answer
	 * @return the plan, stored before any text of the answer
	 */
	TurnPlan plan(Models choice, ChatRequest request, ConversationSettings kept, int length, @Nullable Answer written) {
		ConversationSettings asked = request.orElse(kept);
		Origin origin = this.answers.origin(model(choice, request, asked, written),
				(written != null && written.hasOutput()) ? written.source() : null);
		return new TurnPlan(withCause(origin, written), room(asked, origin.model(), length));
	}

	/** The mock continues its own answer for the reason for which it began it. */
	private static Origin withCause(Origin origin, @Nullable Answer written) {
		return (written != null && origin.source() == Source.MOCK) ? Origin.mock(written.fallback()) : origin;
	}

	/**
	 * Chooses the model. Unless the request names one, a model continues its own answer,
	 * even one that broke off before its first word.
	 */
	private static String model(Models choice, ChatRequest request, ConversationSettings asked,
			@Nullable Answer written) {
		return Optional.ofNullable(written)
			.filter((answer) -> request.model() == null && isOfModel(answer))
			.map(Answer::model)
			.filter(choice::offered)
			.orElseGet(() -> model(choice, asked));
	}

	private static boolean isOfModel(Answer written) {
		return written.hasOutput() || written.source() == Source.OPENROUTER;
	}

	private static String model(Models choice, ConversationSettings asked) {
		return (asked.model() != null && choice.allowed(asked.model())) ? asked.model() : choice.defaultModel();
	}

	/**
	 * Checks that the model reads the files of a question. The mock accepts all.
	 * @param origin the writer of the answer
	 * @param files the files
	 */
	void check(Origin origin, List<Attachment> files) {
		if (origin.source() != Source.MOCK && !files.isEmpty()) {
			ModelSenses.of(this.models, origin.model()).check(files);
		}
	}

	private int room(ConversationSettings asked, String model, int length) {
		Long context = this.models.find(model).map(Model::contextLength).orElse(null);
		if (context == null) {
			return this.settings.contextChars();
		}
		long answer = (asked.maxTokens() != null) ? asked.maxTokens() : Math.min(TokenCount.USUAL_ANSWER, context / 2);
		long chars = (context - answer) * TokenCount.CHARS_PER_TOKEN - length - system(asked).length();
		return (int) Math.max(0, Math.min(chars, this.settings.contextChars()));
	}

	/**
	 * Builds the prompt.
	 * @param choice the models that the visitor may choose
	 * @param turn the question and the messages before it
	 * @param asked the settings of the question
	 * @return the prompt; its last message is the question, or asks to continue
	 */
	Prompt prompt(Models choice, Turn turn, ConversationSettings asked) {
		List<Prompt.Message> messages = new ArrayList<>();
		String system = system(asked);
		if (StringUtils.hasText(system)) {
			messages.add(new Prompt.Message(Role.SYSTEM, WellFormed.of(system)));
		}
		messages.addAll(turn.history());
		messages.add(new Prompt.Message(Role.USER, turn.question(), turn.attachments()));
		List<Prompt.Message> written = written(turn);
		messages.addAll(written);
		String model = turn.origin().model();
		return new Prompt(model, routes(choice, model, asked), messages, sampling(asked),
				VisitorHash.of(turn.visitor()), turn.conversation().toString(), !written.isEmpty());
	}

	/**
	 * Returns the written part of a continued answer, and the instruction to continue;
	 * nothing for a new answer. A prompt that ends with the answer itself does not work:
	 * some models refuse it, and others take the answer for complete.
	 */
	private static List<Prompt.Message> written(Turn turn) {
		Answer written = turn.writtenSoFar();
		if (written == null || (!StringUtils.hasText(written.content()) && turn.pictures().isEmpty())) {
			return List.of();
		}
		return List.of(new Prompt.Message(Role.ASSISTANT, written.content(), turn.pictures()),
				new Prompt.Message(Role.USER, GO_ON));
	}

	private String system(ConversationSettings asked) {
		String system = (asked.system() != null) ? asked.system() : this.settings.system();
		return (system != null) ? system : "";
	}

	/**
	 * A model searches the web if the visitor wants it and the service offers it. It
	 * draws if its service says that it can.
	 */
	private static List<ModelRoute> routes(Models choice, String model, ConversationSettings asked) {
		List<ModelRoute> routes = choice.routes(model).stream().map((route) -> drawing(choice, route)).toList();
		return Boolean.TRUE.equals(asked.webSearch())
				? routes.stream().map((route) -> searching(choice, route)).toList() : routes;
	}

	private static ModelRoute drawing(Models choice, ModelRoute route) {
		return choice.find(route.id()).filter(Model::draws).isPresent() ? route.drawing() : route;
	}

	private static ModelRoute searching(Models choice, ModelRoute route) {
		boolean offered = choice.find(route.id()).map(Model::webSearchPrice).isPresent();
		return offered ? route.searching() : route;
	}

	private static Prompt.Sampling sampling(ConversationSettings asked) {
		return new Prompt.Sampling(asked.temperature(), asked.topP(), asked.maxTokens(), asked.reasoningEffort());
	}

}
