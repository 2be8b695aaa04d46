package dev.runnel.chat;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import dev.runnel.budget.Budgets;
import dev.runnel.budget.ModelCall;
import dev.runnel.budget.Price;
import dev.runnel.budget.Spending;
import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerPictures;
import dev.runnel.conversation.Attachments;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.TurnPlanner;
import dev.runnel.conversation.TurnPlanner.TurnPlan;
import dev.runnel.conversation.TurnStore;
import dev.runnel.limits.Admission;
import dev.runnel.models.Models;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamStore;
import dev.runnel.stream.StreamStore.StreamPlace;
import dev.runnel.stream.StreamSubject;
import dev.runnel.upstream.Answers;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Source;
import dev.runnel.web.Caller;
import dev.runnel.web.Detached;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import dev.runnel.web.RequestLoops;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
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

	private final Budgets budgets;

	private final TurnMeters meters;

	private final Attachments attachments;

	private final AnswerPictures pictures;

	private final EndStreamsOfEndedAccess ends;

	private final RequestLoops loops;

	ChatService(ChatSettings settings, TurnStore turns, StreamStore<ChatEvent> streams, Answers answers, Models models,
			TitleWriter titles, Admission admission, Budgets budgets, TurnMeters meters, Attachments attachments,
			AnswerPictures pictures, EndStreamsOfEndedAccess ends, RequestLoops loops) {
		this.settings = settings;
		this.turns = turns;
		this.streams = streams;
		this.answers = answers;
		this.models = models;
		this.titles = titles;
		this.admission = admission;
		this.budgets = budgets;
		this.meters = meters;
		this.attachments = attachments;
		this.pictures = pictures;
		this.ends = ends;
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
		return Detached.of(this.ends.during(caller,
				Mono.fromSupplier(this.loops::current).flatMap((loop) -> begin(caller, request, texts, loop))));
	}

	private Mono<RunningTurn> begin(Caller caller, ChatRequest request, AnswerTexts texts, Scheduler loop) {
		Models choice = this.models.of(caller.standing());
		return Mono.fromRunnable(() -> check(choice, request))
			.then(Mono.defer(choice::ready))
			.then(Mono.defer(() -> enter(Mono.defer(() -> this.streams.enter(caller)), caller, request)))
			.flatMap((resources) -> Mono.defer(() -> store(resources.spending(), caller, request, choice))
				.flatMap((turn) -> open(resources, turn, subject(turn, caller), () -> prompt(choice, turn, request),
						texts, loop))
				.doOnError((ex) -> resources.leave()));
	}

	/**
	 * Goes on with the stream of a server that is gone, as if the visitor had continued
	 * its answer. The tokens count in the limits of all visitors, and their cost in the
	 * budget of the visitor.
	 * @param subject the subject of the stream
	 * @param after the number of the event before the next one
	 * @param shown what readers have of the answer
	 * @return the running turn; an error if the answer cannot be continued
	 */
	Mono<RunningTurn> goOn(StreamSubject subject, long after, ShownAnswer shown) {
		return Detached.of(Mono.defer(() -> takeOver(subject, after, shown)));
	}

	private Mono<RunningTurn> takeOver(StreamSubject subject, long after, ShownAnswer shown) {
		ChatRequest request = ChatRequest.toContinue(subject.messageId());
		Caller counted = Caller.ofServer(subject.owner(), true);
		Models choice = this.models.of(counted.standing());
		return Mono.defer(choice::ready)
			.then(Mono
				.defer(() -> enter(Mono.defer(() -> this.streams.takeOver(Caller.ofServer(subject.owner(), false))),
						counted, request)))
			.flatMap((resources) -> Mono.defer(() -> store(resources.spending(), counted, request, choice))
				.flatMap((turn) -> goOn(resources, turn, () -> prompt(choice, turn, request), subject, after, shown))
				.doOnError((ex) -> resources.leave()));
	}

	private Mono<TurnResources> enter(Mono<StreamPlace<ChatEvent>> entered, Caller caller, ChatRequest request) {
		return Mono.defer(() -> this.budgets.open(caller))
			.flatMap((spending) -> entered
				.flatMap((place) -> Mono.defer(() -> this.admission.enter(caller, estimate(request)))
					.map((allowance) -> new TurnResources(place, allowance, spending))
					.doOnError((ex) -> place.leave())));
	}

	/** Estimates the tokens of the turn; 0 for the mock, which costs nothing. */
	private long estimate(ChatRequest request) {
		boolean mocked = this.answers.origin(this.models.defaultModel(), null).source() == Source.MOCK;
		return mocked ? 0 : TokenCount.estimate(request.message(), request.maxTokens());
	}

	private Mono<Turn> store(Spending spending, Caller caller, ChatRequest request, Models choice) {
		Visitor visitor = caller.visitor();
		if (!caller.known()) {
			this.turns.created(visitor);
		}
		TurnPlanner planner = new RequestPlanner(this.context, choice, request, (plan) -> affordable(spending, plan));
		UUID resumed = request.continueId();
		return (resumed != null) ? this.turns.resume(visitor, new MessageId(resumed), planner)
				: question(visitor, request).flatMap((question) -> this.turns.begin(visitor, question, planner));
	}

	private Mono<Question> question(Visitor visitor, ChatRequest request) {
		List<UUID> files = request.attachments();
		return (files != null) ? this.attachments.find(visitor, files).map(request::question)
				: Mono.just(request.question(null));
	}

	/** The plan knows the model, and nothing of the turn is stored yet. */
	private TurnPlan affordable(Spending spending, TurnPlan plan) {
		if (plan.origin().source() != Source.MOCK) {
			spending.check(price(spending, plan.origin().model()));
		}
		return plan;
	}

	private Price price(Spending spending, String model) {
		return spending.price(this.models.find(model).orElse(null));
	}

	private void check(Models choice, ChatRequest request) {
		request.check();
		String message = request.message();
		if (message != null && message.length() > this.settings.maxMessageChars()) {
			throw ProblemException
				.field("message", "must have at most " + this.settings.maxMessageChars() + " characters")
				.because(Reason.MESSAGE_TOO_LONG, this.settings.maxMessageChars());
		}
		choice.check(request.model(), "model");
	}

	private static StreamSubject subject(Turn turn, Caller caller) {
		return new StreamSubject(StreamId.random(), turn.visitor(), turn.conversation().value(),
				turn.answerId().value(), caller.access());
	}

	private Mono<RunningTurn> open(TurnResources resources, Turn turn, StreamSubject subject, Supplier<Prompt> prompt,
			AnswerTexts texts, Scheduler loop) {
		return Mono.fromSupplier(() -> call(resources.spending(), turn.origin()))
			.flatMap((call) -> Mono.defer(() -> resources.place().open(subject))
				.publishOn(loop)
				.map((events) -> run(resources, subject.id(), events, turn, call, prompt, texts, null)))
			.onErrorResume((ex) -> giveUp(turn).then(Mono.error(ex)));
	}

	private Mono<RunningTurn> goOn(TurnResources resources, Turn turn, Supplier<Prompt> prompt, StreamSubject subject,
			long after, ShownAnswer shown) {
		AnswerTexts texts = shown.hasHtml() ? AnswerTexts.rendered(this.settings.renderingTime()) : AnswerTexts.plain();
		Answer written = turn.writtenSoFar();
		if (written == null || !shown.isBeginningOf(written)) {
			return giveUp(turn).then(Mono.error(new IllegalStateException("readers have another text")));
		}
		return Mono.fromSupplier(() -> call(resources.spending(), turn.origin()))
			.flatMap((call) -> Mono.defer(() -> resources.place().goOn(subject, after))
				.map((events) -> run(resources, subject.id(), events, turn, call, prompt, texts, shown.length())))
			.onErrorResume((ex) -> giveUp(turn).then(Mono.error(ex)));
	}

	/** Ends the answer, because without a log nothing writes it. */
	private Mono<Void> giveUp(Turn turn) {
		return Mono.defer(() -> this.turns.end(turn, turn.unanswered())).retry(1).onErrorResume((ex) -> {
			log.error("Answer {} did not start, and its end is not stored yet", turn.answerId(), ex);
			return Mono.empty();
		});
	}

	/** Nothing here may fail before the turn is written, because the log is open. */
	private RunningTurn run(TurnResources resources, StreamId stream, StreamLog<ChatEvent> events, Turn turn,
			ModelCall call, Supplier<Prompt> prompt, AnswerTexts texts, ShownAnswer.@Nullable Length shown) {
		AnswerDraft draft = new AnswerDraft(turn.origin(), this.settings.maxAnswerChars(), turn.writtenSoFar());
		DraftSaver saver = new DraftSaver(this.turns, turn, draft, call);
		TurnEvents turnEvents = new TurnEvents(events, stream, turn, texts, draft, saver, shown);
		Sinks.One<Outcome> outcome = Sinks.one();
		this.meters.begun();
		new TurnRun(events, turnEvents, saver, new TurnPictures(this.pictures, turn))
			.write(Flux.defer(() -> ask(turn, prompt.get(), saver, resources, call)))
			.doOnTerminate(resources::leave)
			.doOnTerminate(() -> this.meters.ended(turn, turnEvents.outcome(), call.end()))
			.subscribe(null, (ex) -> {
				log.error("Turn {} was not written to its end", turn.answerId(), ex);
				outcome.tryEmitValue(turnEvents.outcome());
			}, () -> {
				Outcome end = turnEvents.outcome();
				log.info("Stream {} {}", stream, end);
				outcome.tryEmitValue(end);
				this.titles.ended(turn, end, resources);
			});
		return new RunningTurn(turn, events, turnEvents, outcome.asMono());
	}

	private Prompt prompt(Models choice, Turn turn, ChatRequest request) {
		return this.context.prompt(choice, turn, request.orElse(turn.settings()));
	}

	/** Prepares the call of the model. The mock costs nothing. */
	private ModelCall call(Spending spending, Origin origin) {
		return (origin.source() == Source.MOCK) ? ModelCall.free()
				: spending.call(origin.model(), this.models.find(origin.model()).orElse(null));
	}

	/** Asks the model. A continued answer never falls back to the mock. */
	private Flux<ModelEvent> ask(Turn turn, Prompt prompt, DraftSaver saver, TurnResources resources, ModelCall call) {
		boolean asIs = turn.origin().source() == Source.MOCK || !PromptFiles.isNeededFor(prompt);
		return asIs ? stream(turn, prompt, saver, resources, call)
				: new PromptFiles(this.attachments, this.models).in(prompt)
					.flatMapMany((readable) -> stream(turn, readable, saver, resources, call));
	}

	private Flux<ModelEvent> stream(Turn turn, Prompt prompt, DraftSaver saver, TurnResources resources,
			ModelCall call) {
		Source source = turn.origin().source();
		Flux<ModelEvent> answer = goesOn(turn) ? this.answers.stream(prompt, source)
				: this.answers.streamOrFallBack(prompt, source, saver.saveOrigin());
		return (source == Source.MOCK) ? answer : CostCount.within(call, prompt,
				(id) -> price(resources.spending(), id), TokenCount.within(resources.allowance(), prompt, answer));
	}

	private static boolean goesOn(Turn turn) {
		return turn.writtenSoFar() != null && (turn.writtenSoFar().hasOutput() || !turn.pictures().isEmpty());
	}

}
