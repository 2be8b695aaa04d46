package dev.runnel.chat;

import java.util.Objects;
import java.util.regex.Pattern;

import dev.runnel.budget.ModelCall;
import dev.runnel.budget.Spending;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.Expense;
import dev.runnel.conversation.Ledger;
import dev.runnel.conversation.Title;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.UpstreamCodes;
import dev.runnel.limits.Allowance;
import dev.runnel.models.Models;
import dev.runnel.upstream.Answers;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.UpstreamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Asks a model for the title of a conversation, once, after its first answer. It runs in
 * the background after the answer's stream has ended. After any failure the conversation
 * keeps the title taken from the question.
 */
@Component
final class TitleWriter {

	private static final Logger log = LoggerFactory.getLogger(TitleWriter.class);

	/** The maximum length of a title, in UTF-16 units. A longer answer is no title. */
	private static final int MAX_CHARS = 400;

	private static final Pattern PREFIX = Pattern.compile("(?i)^\\s*(?:title|titel)\\s*:\\s*");

	private static final Pattern QUOTES = Pattern.compile("^[\"'“„«‘]+|[\"'”“»’.]+$");

	private final ChatSettings settings;

	private final Answers answers;

	private final TitlePrompt prompt;

	private final Models models;

	private final Conversations conversations;

	private final Ledger ledger;

	private final TurnMeters meters;

	private final Sinks.Empty<Void> closing = Sinks.empty();

	TitleWriter(ChatSettings settings, Answers answers, Models models, Conversations conversations, Ledger ledger,
			TurnMeters meters) {
		this.settings = settings;
		this.answers = answers;
		this.prompt = new TitlePrompt(settings, models);
		this.models = models;
		this.conversations = conversations;
		this.ledger = ledger;
		this.meters = meters;
	}

	/** Background title requests are cancelled first on shutdown. */
	@EventListener(ContextClosedEvent.class)
	void close() {
		this.closing.tryEmitEmpty();
	}

	/**
	 * Asks for a title if this was the first answer of a model, not of the mock, in the
	 * conversation, is complete, and nobody has chosen a title.
	 * @param turn the turn that ended
	 * @param outcome how it ended
	 * @param question the resources of the question
	 */
	void ended(Turn turn, Outcome outcome, TurnResources question) {
		if (this.settings.titleTimeout().isZero() || !isWorthIt(turn, outcome)) {
			return;
		}
		this.conversations.lacksTitle(turn.visitor(), turn.conversation(), turn.answerId())
			.filter(Boolean::booleanValue)
			.flatMap((lacks) -> ask(this.prompt.of(turn, outcome.answer()), question))
			.timeout(this.settings.titleTimeout())
			.flatMap((title) -> this.conversations.suggestTitle(turn.visitor(), turn.conversation(), title))
			.takeUntilOther(this.closing.asMono())
			.subscribe((done) -> log.debug("Conversation {} has a title: {}", turn.conversation(), done), (ex) -> log
				.warn("Conversation {} keeps its first line as title: {}", turn.conversation(), reason(ex)));
	}

	private static boolean isWorthIt(Turn turn, Outcome outcome) {
		return !turn.temporary() && isFirst(turn) && isWhole(outcome);
	}

	private static boolean isFirst(Turn turn) {
		return turn.writtenSoFar() == null && turn.omitted() == 0
				&& turn.history().stream().allMatch((message) -> message.role() == Role.USER);
	}

	private static boolean isWhole(Outcome outcome) {
		return outcome.failure() == null && outcome.answer().state() == AnswerState.COMPLETE
				&& outcome.answer().source() == Source.OPENROUTER;
	}

	private Mono<String> ask(Prompt prompt, TurnResources question) {
		return question.allowance()
			.reserve(TokenCount.estimate(prompt))
			.flatMap((allowance) -> ask(prompt, allowance, question.spending()));
	}

	private Mono<String> ask(Prompt prompt, Allowance allowance, Spending spending) {
		ModelCall call = call(prompt, spending);
		Flux<ModelEvent> answer = this.answers.stream(prompt, Source.OPENROUTER);
		return CostCount
			.within(call, prompt, (id) -> spending.price(this.models.find(id).orElse(null)),
					TokenCount.within(allowance, prompt, answer))
			.doFinally((signal) -> allowance.close())
			.doFinally((signal) -> spend(call))
			.scan("", TitleWriter::with)
			.takeUntil((text) -> text.length() > MAX_CHARS)
			.last("")
			.map(TitleWriter::clean)
			.filter((title) -> !title.isEmpty());
	}

	private ModelCall call(Prompt prompt, Spending spending) {
		String model = Objects.requireNonNullElse(prompt.model(), this.models.defaultModel());
		return spending.call(model, this.models.find(model).orElse(null));
	}

	/** A title is stored apart from its answer, so its expense is, too. */
	private void spend(ModelCall call) {
		Expense expense = call.end();
		this.meters.spent(expense);
		if (expense != null) {
			Mono.defer(() -> this.ledger.add(expense)).retry(1).subscribe((done) -> {
			}, (ex) -> {
				call.stored(false);
				log.warn("The expense of a title is not stored: {}", String.valueOf(ex.getMessage()));
			}, () -> call.stored(true));
		}
	}

	/** The title so far. Text that was reasoning does not belong to it. */
	private static String with(String title, ModelEvent event) {
		if (event == ModelEvent.Moved.TO_REASONING) {
			return "";
		}
		return (event instanceof ModelEvent.Text text) ? title + text.text() : title;
	}

	private static String clean(String answer) {
		if (answer.isBlank() || answer.length() > MAX_CHARS) {
			return "";
		}
		String line = Title.ofQuestion(PREFIX.matcher(answer).replaceFirst(""));
		return QUOTES.matcher(line).replaceAll("").strip();
	}

	private static String reason(Throwable ex) {
		return (ex instanceof UpstreamException upstream) ? UpstreamCodes.of(upstream.failure().kind()).code()
				: ex.getClass().getSimpleName();
	}

}
