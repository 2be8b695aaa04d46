package dev.runnel.conversation.store;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Expense;
import dev.runnel.conversation.Ledger;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.TimeUuid;
import dev.runnel.conversation.Title;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.TurnPlanner;
import dev.runnel.conversation.TurnPlanner.TurnPlan;
import dev.runnel.conversation.TurnStore;
import dev.runnel.conversation.store.PlannerInTransaction.PlannerException;
import dev.runnel.conversation.store.TurnWrites.Growth;
import dev.runnel.upstream.Attachment;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import dev.runnel.web.Visitor;
import io.r2dbc.spi.Connection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Stores turns in a database, and temporary turns in memory.
 */
final class StoredTurns implements TurnStore, AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(StoredTurns.class);

	private final Database database;

	private final TemporaryTurns temporary;

	private final AnswerWriteBehind writer;

	private final ConversationCounts counts;

	private final StorageQuota quota;

	private final Visits visits;

	private final StoreSettings settings;

	private final TurnWrites writes;

	private final Openings openings;

	private final PictureWrites pictures;

	private final Ledger ledger;

	private final Clock clock;

	StoredTurns(Database database, TemporaryTurns temporary, AnswerWriteBehind writer, ConversationCounts counts,
			StorageQuota quota, Visits visits, StoreSettings settings, Ledger ledger, UUID server, Clock clock) {
		this.database = database;
		this.temporary = temporary;
		this.writer = writer;
		this.counts = counts;
		this.quota = quota;
		this.visits = visits;
		this.settings = settings;
		this.writes = new TurnWrites(database.isPostgres(), server);
		this.openings = new Openings(database);
		this.pictures = new PictureWrites(database, server);
		this.ledger = ledger;
		this.clock = clock;
	}

	@Override
	public void created(Visitor visitor) {
		this.quota.created(visitor);
	}

	@Override
	public Mono<Turn> begin(Visitor visitor, Question question, TurnPlanner planner) {
		return Mono.defer(() -> {
			if (question.temporary() || this.temporary.knows(question.conversation())) {
				return this.temporary.begin(visitor, question, planner);
			}
			if (this.writer.isFull()) {
				return Mono.error(Database::unavailable);
			}
			this.visits.seen(visitor);
			Question asked = new Question(question.conversation(), question.parent(),
					ConversationText.storable(question.text()), false, question.attachments());
			TurnPlanner marked = new PlannerInTransaction(planner);
			Mono<Turn> turn = (asked.conversation() != null) ? goOn(visitor, asked, asked.conversation(), marked)
					: open(visitor, asked, marked);
			return room(visitor, StoredSize.ofQuestion(asked.text()), turn);
		});
	}

	private Mono<Turn> room(Visitor visitor, long bytes, Mono<Turn> turn) {
		return this.quota.take(visitor, bytes).then(turn).doOnNext(this.quota::begun);
	}

	private Mono<Turn> open(Visitor visitor, Question question, TurnPlanner planner) {
		if (question.parent() != null) {
			return Mono.error(() -> ProblemException.field("parentId", "must come with its conversationId"));
		}
		Instant now = this.clock.instant();
		QuestionPlace place = QuestionPlace.first(visitor, new ConversationId(TimeUuid.next()));
		String title = Title.ofQuestion(question.text());
		BiFunction<Connection, Growth, Mono<Void>> conversation = (connection, growth) -> this.writes.open(connection,
				place, title, growth, now);
		boolean hasFiles = question.attachments() != null && !question.attachments().isEmpty();
		return this.counts.adding(visitor,
				hasFiles ? begun((client) -> add(client, place, question, planner, now, conversation))
						: opened((connection) -> open(connection, place, question, planner, now, conversation)));
	}

	/** Stores the first turn of a conversation like {@link #begun}. */
	private Mono<Turn> opened(Function<Connection, Mono<Turn>> store) {
		return Mono.defer(() -> {
			Opening opening = new Opening(store);
			return this.database.flushed(this.openings.store(opening))
				.doOnError((ex) -> giveUp(opening.turn()))
				.onErrorMap(PlannerException.class, PlannerException::error);
		});
	}

	private Mono<Turn> open(Connection connection, QuestionPlace place, Question question, TurnPlanner planner,
			Instant now, BiFunction<Connection, Growth, Mono<Void>> conversation) {
		PlannedAnswer answer = PlannedAnswer.of(place, question, planner);
		return insert(connection, answer, now, conversation)
			.then(Mono.fromSupplier(() -> answer.turn(new BranchHistory(answer.plan().room()))));
	}

	private Mono<Turn> goOn(Visitor visitor, Question question, ConversationId id, TurnPlanner planner) {
		Instant now = this.clock.instant();
		return this.writer.awaitWrites(id)
			.then(begun((client) -> lock(client, visitor, id, StoredSize.ofQuestion(question.text()))
				.flatMap((place) -> (question.parent() != null) ? parent(client, place, question.parent())
						: Mono.just(place))
				.flatMap((place) -> add(client, place, question, planner, now,
						(connection, growth) -> this.writes.moveOn(connection, id, growth, now)))));
	}

	/**
	 * Stores a turn and flushes it to the operating system. If this fails, it is unknown
	 * whether the turn is stored: a commit may succeed without a confirmation. No model
	 * will write the answer, so the answer gets an end in any case.
	 */
	private Mono<Turn> begun(Function<DatabaseClient, Mono<Turn>> store) {
		return Mono.defer(() -> {
			Attempt attempt = new Attempt(store);
			return this.database.inFlushedTransaction(attempt::run)
				.doOnError((ex) -> giveUp(attempt.turn))
				.onErrorMap(PlannerException.class, PlannerException::error);
		});
	}

	private void giveUp(@Nullable Turn turn) {
		if (turn != null) {
			this.writer.end(turn, turn.unanswered(), null).subscribe((done) -> {
			}, (ex) -> log.warn("The end of answer {} is not stored yet: {}", turn.answerId(),
					String.valueOf(ex.getMessage())));
		}
	}

	/** Locks a conversation with room, so that questions are added one after another. */
	private Mono<QuestionPlace> lock(DatabaseClient client, Visitor visitor, ConversationId id, long newText) {
		return client
			.sql("select c.next_position, c.bytes, c.settings, c.current_id, m.role, m.depth from conversation c"
					+ " left join message m on m.id = c.current_id where c.id = :id and c.owner = :owner"
					+ " for update" + (this.database.isPostgres() ? " of c" : ""))
			.bind("id", id.value())
			.bind("owner", visitor.id())
			.map((row) -> QuestionPlace.of(visitor, id, row))
			.one()
			.switchIfEmpty(Mono.error(() -> ProblemException.notFound("conversation")))
			.doOnNext((place) -> checkRoom(place, newText));
	}

	private void checkRoom(QuestionPlace place, long newText) {
		if (!this.settings.haveRoom(place.position(), place.bytes() + newText)) {
			throw ProblemException.of(Reason.CHAT_FULL);
		}
	}

	private Mono<QuestionPlace> parent(DatabaseClient client, QuestionPlace place, MessageId parent) {
		return client
			.sql("select " + AskedQuestion.COLUMNS + ", role, depth from message"
					+ " where id = :id and conversation_id = :conversation")
			.bind("id", parent.value())
			.bind("conversation", place.conversation().value())
			.map((row) -> place.at(row))
			.one()
			.switchIfEmpty(Mono.error(() -> ProblemException.notFound("message")));
	}

	/**
	 * Adds an empty answer to a question, and the question if it is new.
	 * @param conversation writes the growth into the row of the conversation
	 */
	private Mono<Turn> add(DatabaseClient client, QuestionPlace place, Question question, TurnPlanner planner,
			Instant now, BiFunction<Connection, Growth, Mono<Void>> conversation) {
		PlannedAnswer answer = PlannedAnswer.of(place, question, planner);
		return BranchReader
			.history(client, place.conversation(), answer.asked().parent(), place.position(), answer.plan().room())
			.flatMap((history) -> client.inConnection((connection) -> insert(connection, answer, now, conversation))
				.then(link(client, place, answer.asked()))
				.thenReturn(answer.turn(history)));
	}

	private Mono<Void> insert(Connection connection, PlannedAnswer answer, Instant now,
			BiFunction<Connection, Growth, Mono<Void>> conversation) {
		QuestionPlace place = answer.place();
		return conversation.apply(connection, Growth.of(place, answer.asked(), answer.id()))
			.then(this.writes.messages(connection, place, answer.asked(), answer.id(), answer.plan().origin(), now))
			.then(this.writes.run(connection, place.conversation(), answer.id()));
	}

	/** Adds the files of a question that is new. */
	private static Mono<Void> link(DatabaseClient client, QuestionPlace place, AskedQuestion asked) {
		return place.isNew(asked)
				? AttachmentLinks.add(client, place.visitor(), place.conversation(), asked.id(), asked.attachments())
				: Mono.empty();
	}

	@Override
	public Mono<Turn> resume(Visitor visitor, MessageId answer, TurnPlanner planner) {
		return Mono.defer(() -> {
			if (this.temporary.knows(answer)) {
				return this.temporary.resume(visitor, answer, planner);
			}
			this.visits.seen(visitor);
			return room(visitor, StoredSize.MESSAGE, conversationOf(visitor, answer)
				.flatMap((id) -> resume(visitor, id, answer, new PlannerInTransaction(planner))));
		});
	}

	private Mono<ConversationId> conversationOf(Visitor visitor, MessageId answer) {
		return this.database
			.read((client) -> client
				.sql("select conversation_id from message where id = :id and owner = :owner and role = 'ASSISTANT'")
				.bind("id", answer.value())
				.bind("owner", visitor.id())
				.map((row) -> new ConversationId(Rows.uuid(row, "conversation_id")))
				.all())
			.next()
			.switchIfEmpty(Mono.error(() -> ProblemException.notFound("message")));
	}

	private Mono<Turn> resume(Visitor visitor, ConversationId id, MessageId answer, TurnPlanner planner) {
		Instant now = this.clock.instant();
		return this.writer.awaitWrites(id)
			.then(begun((client) -> lock(client, visitor, id, 0)
				.flatMap((place) -> written(client, answer).zipWhen((written) -> question(client, written))
					.flatMap((both) -> resume(client, place, both.getT1(), both.getT2(), planner, now)))));
	}

	private static Mono<Message> written(DatabaseClient client, MessageId answer) {
		return client.sql("select " + Rows.COLUMNS + " from message where id = :id")
			.bind("id", answer.value())
			.map(Rows::message)
			.one()
			.switchIfEmpty(Mono.error(() -> ProblemException.notFound("message")));
	}

	private static Mono<AskedQuestion> question(DatabaseClient client, Message answer) {
		return Mono.justOrEmpty(answer.parent())
			.flatMap((parent) -> client.sql("select " + AskedQuestion.COLUMNS + " from message where id = :id")
				.bind("id", parent.value())
				.map(AskedQuestion::of)
				.one())
			.switchIfEmpty(Mono.error(() -> ProblemException.field("continueId", "must name an answer to a question")));
	}

	private Mono<Turn> resume(DatabaseClient client, QuestionPlace place, Message message, AskedQuestion asked,
			TurnPlanner planner, Instant now) {
		Answer written = Objects.requireNonNull(message.answer());
		written.checkResumable();
		int length = asked.length() + written.content().length();
		TurnPlan plan = planner.plan(place.settings(), length, written);
		return BranchReader.history(client, place.conversation(), asked.parent(), place.position(), plan.room())
			.flatMap((history) -> client
				.inConnection((connection) -> this.writes.resume(connection, message.id(), plan.origin())
					.then(this.writes.run(connection, place.conversation(), message.id()))
					.then(this.writes.moveOn(connection, place.conversation(),
							new Growth(message.id(), place.position(), 0), now)))
				.thenReturn(new Turn(place.visitor(), place.conversation(), asked.id(), asked.text(), message.id(),
						history.messages(), history.omitted(), place.settings(), false, plan.origin(), written,
						asked.attachments(), message.attachments())));
	}

	@Override
	public Mono<Void> append(Turn turn, AnswerDelta part) {
		if (turn.temporary()) {
			return this.temporary.append(turn, part);
		}
		this.quota.grown(turn, part);
		return this.writer.append(turn, part);
	}

	@Override
	public Mono<Void> attach(Turn turn, Attachment picture) {
		return turn.temporary() ? this.temporary.attach(turn, picture) : this.pictures.add(turn, picture);
	}

	@Override
	public Mono<Void> end(Turn turn, Answer answer, @Nullable Expense expense) {
		if (turn.temporary()) {
			Mono<Void> spent = (expense != null) ? this.ledger.add(expense) : Mono.empty();
			return this.temporary.end(turn, answer, expense).then(spent);
		}
		this.quota.ended(turn, answer);
		return this.writer.end(turn, answer, expense);
	}

	@Override
	public void close() {
		this.openings.close();
	}

	/**
	 * An attempt to store a turn. The database may retry it; the last run counts.
	 */
	private static final class Attempt {

		private final Function<DatabaseClient, Mono<Turn>> store;

		/**
		 * The turn that the transaction has inserted and may not have committed; null
		 * before that.
		 */
		private volatile @Nullable Turn turn;

		Attempt(Function<DatabaseClient, Mono<Turn>> store) {
			this.store = store;
		}

		Mono<Turn> run(DatabaseClient client) {
			this.turn = null;
			return this.store.apply(client).doOnNext((made) -> this.turn = made);
		}

	}

}
