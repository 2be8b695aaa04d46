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
import dev.runnel.web.RequestLoops;
import dev.runnel.web.Visitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

import org.springframework.stereotype.Service;

/**
 * Starts turns. A started turn belongs to the server. If the client disconnects, the log
 * notices; the answer goes on.
 */
@Service
final class ChatService {

	private static final Logger log = LoggerFactory.getLogger(ChatService.class);

	private final ChatSettings settings;

	private final TurnStore turns;

	private final StreamStore<ChatEvent> streams;

	private final Answers answers;

	private final Models models;

	private final TurnContext context;

	private final TitleWriter titles;

	private final Admission admission;

	private final RequestLoops loops;

	ChatService(ChatSettings settings, TurnStore turns, StreamStore<ChatEvent> streams, Answers answers, Models models,
			TitleWriter titles, Admission admission, RequestLoops loops) {
		this.settings = settings;
		this.turns = turns;
		this.streams = streams;
		this.answers = answers;
		this.models = models;
		this.titles = titles;
		this.admission = admission;
		this.loops = loops;
		this.context = new TurnContext(settings, models, answers);
	}

	/**
	 * Starts a turn. The question is stored before a model is asked. The model is asked
	 * on the event loop of the request, which the database leaves.
	 * @param caller the sender of the request
	 * @param request the question
	 * @param texts the texts of the answer, with HTML if the client wants it
	 * @return the running turn; an error of {@link ProblemException} if the turn is not
	 * allowed
	 */
	Mono<RunningTurn> begin(Caller caller, ChatRequest request, AnswerTexts texts) {
		return detached(Mono.fromSupplier(this.loops::current).flatMap((loop) -> begin(caller, request, texts, loop)));
	}

	private Mono<RunningTurn> begin(Caller caller, ChatRequest request, AnswerTexts texts, Scheduler loop) {
		return Mono.fromRunnable(() -> check(request))
			.then(Mono.defer(this.models::ready))
			.then(Mono.defer(() -> enter(caller, request)))
			.flatMap((resources) -> Mono.defer(() -> store(caller, request))
				.flatMap((turn) -> open(resources, turn, request, texts, loop))
				.doOnError((ex) -> resources.leave()));
	}

	private Mono<TurnResources> enter(Caller caller, ChatRequest request) {
		return Mono.defer(() -> this.streams.enter(caller))
			.flatMap((place) -> Mono
				.fromCallable(() -> new TurnResources(place, this.admission.enter(caller, estimate(request))))
				.doOnError((ex) -> place.leave()));
	}

	/** Estimates the tokens of the turn; 0 for the mock, which costs nothing. */
	private long estimate(ChatRequest request) {
		boolean mocked = this.answers.origin(this.models.defaultModel(), null).source() == Source.MOCK;
		return mocked ? 0 : TokenCount.estimate(request.message(), request.maxTokens());
	}

	private Mono<Turn> store(Caller caller, ChatRequest request) {
		Visitor visitor = caller.visitor();
		if (!caller.known()) {
			this.turns.created(visitor);
		}
		TurnPlanner planner = (kept, length, written) -> this.context.plan(request, kept, length, written);
		UUID resumed = request.continueId();
		return (resumed != null) ? this.turns.resume(visitor, new MessageId(resumed), planner)
				: this.turns.begin(visitor, request.question(), planner);
	}

	private void check(ChatRequest request) {
		request.check();
		String message = request.message();
		if (message != null && message.length() > this.settings.maxMessageChars()) {
			throw ProblemException.field("message",
					"must have at most " + this.settings.maxMessageChars() + " characters");
		}
		this.models.check(request.model(), "model");
	}

	private Mono<RunningTurn> open(TurnResources resources, Turn turn, ChatRequest request, AnswerTexts texts,
			Scheduler loop) {
		StreamSubject subject = new StreamSubject(StreamId.random(), turn.visitor(), turn.conversation().value(),
				turn.answerId().value());
		return Mono.defer(() -> resources.place().open(subject))
			.publishOn(loop)
			.map((events) -> run(resources, subject.id(), events, turn, request, texts))
			.onErrorResume((ex) -> giveUp(turn).then(Mono.error(ex)));
	}

	/** Ends the answer, because without a log nothing writes it. */
	private Mono<Void> giveUp(Turn turn) {
		return Mono.defer(() -> this.turns.end(turn, turn.unanswered())).retry(1).onErrorResume((ex) -> {
			log.error("Answer {} did not start, and its end is not stored yet", turn.answerId(), ex);
			return Mono.empty();
		});
	}

	private RunningTurn run(TurnResources resources, StreamId stream, StreamLog<ChatEvent> events, Turn turn,
			ChatRequest request, AnswerTexts texts) {
		AnswerDraft draft = new AnswerDraft(turn.origin(), this.settings.maxAnswerChars(), turn.writtenSoFar());
		DraftSaver saver = new DraftSaver(this.turns, turn, draft);
		TurnEvents turnEvents = new TurnEvents(events, stream, turn, texts, draft, saver);
		Sinks.One<Outcome> outcome = Sinks.one();
		new TurnRun(events, turnEvents, saver).write(Flux.defer(() -> ask(turn, request, saver, resources)))
			.doOnTerminate(resources::leave)
			.subscribe(null, (ex) -> {
				log.error("Turn {} was not written to its end", turn.answerId(), ex);
				outcome.tryEmitValue(turnEvents.outcome());
			}, () -> {
				Outcome end = turnEvents.outcome();
				log.info("Stream {} {}", stream, end);
				outcome.tryEmitValue(end);
				this.titles.ended(turn, end, resources.allowance());
			});
		return new RunningTurn(turn, events, outcome.asMono());
	}

	/** Asks the model. A continued answer never falls back to the mock. */
	private Flux<ModelEvent> ask(Turn turn, ChatRequest request, DraftSaver saver, TurnResources resources) {
		Prompt prompt = this.context.prompt(turn, request.orElse(turn.settings()));
		Source source = turn.origin().source();
		Flux<ModelEvent> answer = goesOn(turn) ? this.answers.stream(prompt, source)
				: this.answers.streamOrFallBack(prompt, source, saver.saveOrigin());
		return (source == Source.MOCK) ? answer : TokenCount.within(resources.allowance(), prompt, answer);
	}

	private static boolean goesOn(Turn turn) {
		return turn.writtenSoFar() != null && turn.writtenSoFar().hasOutput();
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
