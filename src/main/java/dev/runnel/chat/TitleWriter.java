package dev.runnel.chat;

import java.util.List;
import java.util.regex.Pattern;

import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.Title;
import dev.runnel.conversation.Turn;
import dev.runnel.limits.Allowance;
import dev.runnel.models.Models;
import dev.runnel.upstream.Answers;
import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.ReasoningEffort;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.UpstreamException;
import dev.runnel.upstream.WellFormed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

	/** A longer answer is not a title, in UTF-16 units. */
	private static final int MAX_CHARS = 400;

	private static final Pattern PREFIX = Pattern.compile("(?i)^\\s*(?:title|titel)\\s*:\\s*");

	private static final Pattern QUOTES = Pattern.compile("^[\"'“„«‘]+|[\"'”“»’.]+$");

	private final ChatSettings settings;

	private final Answers answers;

	private final Models models;

	private final Conversations library;

	private final Sinks.Empty<Void> closing = Sinks.empty();

	TitleWriter(ChatSettings settings, Answers answers, Models models, Conversations library) {
		this.settings = settings;
		this.answers = answers;
		this.models = models;
		this.library = library;
	}

	/** Background title requests are cancelled first on shutdown. */
	@EventListener(ContextClosedEvent.class)
	void close() {
		this.closing.tryEmitEmpty();
	}

	/**
	 * Asks for a title if this was the first complete answer of a model, not of the mock,
	 * on this branch of the conversation.
	 * @param turn the turn that ended
	 * @param outcome how it ended
	 * @param question the allowance of the question
	 */
	void ended(Turn turn, Outcome outcome, Allowance question) {
		if (this.settings.titleTimeout().isZero() || !isWorthIt(turn, outcome)) {
			return;
		}
		Mono.defer(() -> ask(prompt(turn, outcome), question))
			.timeout(this.settings.titleTimeout())
			.flatMap((title) -> this.library.suggestTitle(turn.visitor(), turn.conversation(), title))
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

	private Prompt prompt(Turn turn, Outcome outcome) {
		String asked = "Question:\n" + excerpt(turn.question()) + "\n\nAnswer:\n" + excerpt(outcome.answer().content());
		String titleModel = this.settings.titleModel();
		String chosen = (titleModel != null && !titleModel.isBlank()) ? titleModel : turn.origin().model();
		return new Prompt(chosen, List.of(new Prompt.Message(Role.SYSTEM, TASK), new Prompt.Message(Role.USER, asked)),
				sampling(chosen), VisitorHash.of(turn.visitor()), null);
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

	private Mono<String> ask(Prompt prompt, Allowance question) {
		Allowance allowance = question.reserve(TokenCount.estimate(prompt));
		return TokenCount.within(allowance, prompt, this.answers.stream(prompt, Source.OPENROUTER))
			.doFinally((signal) -> allowance.close())
			.ofType(ModelEvent.Text.class)
			.map(ModelEvent.Text::text)
			.scan("", String::concat)
			.takeUntil((text) -> text.length() > MAX_CHARS)
			.last("")
			.map(TitleWriter::clean)
			.filter((title) -> !title.isEmpty());
	}

	private static String clean(String answer) {
		if (answer.isBlank() || answer.length() > MAX_CHARS) {
			return "";
		}
		String line = Title.ofQuestion(PREFIX.matcher(answer).replaceFirst(""));
		return QUOTES.matcher(line).replaceAll("").strip();
	}

	private static String reason(Throwable ex) {
		return (ex instanceof UpstreamException upstream) ? ChatFailure.code(upstream.failure().kind()).code()
				: ex.getClass().getSimpleName();
	}

}
