package dev.runnel.chat;

import java.util.UUID;

import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.TurnPlanner;
import dev.runnel.conversation.TurnStore;
import dev.runnel.limits.Admission;
import dev.runnel.models.Models;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamStore;
import dev.runnel.stream.StreamSubject;
import dev.runnel.upstream.Answers;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Source;
import dev.runnel.web.Caller;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.stereotype.Service;

/**
 * Starts turns. A started turn belongs to the server. If the client disconnects, the log
 * notices; the answer goes on.
 */
@Service
final class ChatService {

	private static final Logger log = LoggerFactory.getLogger(ChatService.class);

	private final ChatSettings settings;

	private final TurnStore conversations;

	private final StreamStore<ChatEvent> streams;

	private final Answers answers;

	private final Models models;

	private final TurnContext context;

	private final TitleWriter titles;

	private final Admission admission;

	ChatService(ChatSettings settings, TurnStore conversations, StreamStore<ChatEvent> streams, Answers answers,
			Models models, TitleWriter titles, Admission admission) {
		this.settings = settings;
		this.conversations = conversations;
		this.streams = streams;
		this.answers = answers;
		this.models = models;
		this.titles = titles;
		this.admission = admission;
		this.context = new TurnContext(settings, models, answers);
	}

	/**
	 * Starts a turn. The question is stored before a model is asked.
	 * @param caller the sender of the request
	 * @param request the question
	 * @param text creates the messages that carry the answer's text
	 * @return the running turn; an error of {@link ProblemException} if the turn is not
	 * allowed
	 */
	Mono<RunningTurn> begin(Caller caller, ChatRequest request, AnswerText text) {
		Mono<RunningTurn> begun = Mono.fromRunnable(() -> check(request))
			.then(Mono.defer(() -> enter(caller, request)))
			.flatMap((room) -> Mono.defer(() -> keep(caller.visitor(), request))
				.flatMap((turn) -> open(room, turn, request, text))
				.doOnError((ex) -> room.leave()));
		return detached(begun);
	}

	private Mono<TurnRoom> enter(Caller caller, ChatRequest request) {
		return Mono.defer(() -> this.streams.enter(caller))
			.flatMap((place) -> Mono
				.fromCallable(() -> new TurnRoom(place, this.admission.enter(caller, estimate(request))))
				.doOnError((ex) -> place.leave()));
	}

	/** Estimates the tokens of the turn; 0 for the mock, which costs nothing. */
	private long estimate(ChatRequest request) {
		boolean mocked = this.answers.origin(this.answers.defaultModel(), null).source() == Source.MOCK;
		return mocked ? 0 : TokenCount.estimate(request.message(), request.maxTokens());
	}

	private Mono<Turn> keep(Visitor visitor, ChatRequest request) {
		TurnPlanner planner = (kept, length, written) -> this.context.plan(request, kept, length, written);
		UUID resumed = request.continueId();
		return (resumed != null) ? this.conversations.resume(visitor, new MessageId(resumed), planner)
				: this.conversations.begin(visitor, request.question(), planner);
	}

	private void check(ChatRequest request) {
		request.check();
		String message = request.message();
		if (message != null && message.length() > this.settings.maxMessageChars()) {
			throw ProblemException.field("message",
					"must have at most " + this.settings.maxMessageChars() + " characters");
		}
		String model = request.model();
		if (model != null && !this.models.offered(model)) {
			throw ProblemException.field("model", "must be one of those that GET /api/models lists");
		}
	}

	private Mono<RunningTurn> open(TurnRoom room, Turn turn, ChatRequest request, AnswerText text) {
		StreamSubject subject = new StreamSubject(StreamId.random(), turn.visitor(), turn.conversation().value(),
				turn.answer().value());
		return Mono.defer(() -> room.place().open(subject))
			.map((events) -> run(room, subject.id(), events, turn, request, text))
			.onErrorResume((ex) -> giveUp(turn).then(Mono.error(ex)));
	}

	/** Ends the answer, because without a log nothing writes it. */
	private Mono<Void> giveUp(Turn turn) {
		return Mono.defer(() -> this.conversations.end(turn, turn.unanswered())).retry(1).onErrorResume((ex) -> {
			log.error("Answer {} was not begun, and its end is not stored yet", turn.answer(), ex);
			return Mono.empty();
		});
	}

	private RunningTurn run(TurnRoom room, StreamId stream, StreamLog<ChatEvent> events, Turn turn, ChatRequest request,
			AnswerText text) {
		AnswerDraft record = new AnswerDraft(turn.origin(), this.settings.maxAnswerChars(), turn.written());
		DraftSaver keeper = new DraftSaver(this.conversations, turn, record);
		TurnEvents recorder = new TurnEvents(events, stream, turn, text, record, keeper);
		Sinks.One<Outcome> outcome = Sinks.one();
		new TurnRun(events, recorder, keeper).write(Flux.defer(() -> ask(turn, request, keeper, room)))
			.doOnTerminate(room::leave)
			.subscribe(null, (ex) -> {
				log.error("Turn {} was not written to its end", turn.answer(), ex);
				outcome.tryEmitValue(recorder.outcome());
			}, () -> {
				Outcome end = recorder.outcome();
				log.info("Stream {} {}", stream, end);
				outcome.tryEmitValue(end);
				this.titles.ended(turn, end, room.allowance());
			});
		return new RunningTurn(turn, events, outcome.asMono());
	}

	/** Asks the model. A continued answer never falls back to the mock. */
	private Flux<ModelEvent> ask(Turn turn, ChatRequest request, DraftSaver keeper, TurnRoom room) {
		Prompt prompt = this.context.prompt(turn, request.over(turn.settings()));
		Source source = turn.origin().source();
		Flux<ModelEvent> answer = (turn.written() != null && turn.written().hasOutput())
				? this.answers.stream(prompt, source)
				: this.answers.streamOrFallBack(prompt, source, keeper.keepOrigin());
		return (source == Source.MOCK) ? answer : TokenCount.within(room.allowance(), prompt, answer);
	}

	/** Runs the work to its end, even if its subscriber cancels. */
	private static <T> Mono<T> detached(Mono<T> work) {
		return Mono.defer(() -> {
			Sinks.One<T> result = Sinks.one();
			work.subscribe(result::tryEmitValue, result::tryEmitError, result::tryEmitEmpty);
			return result.asMono();
		});
	}

}
