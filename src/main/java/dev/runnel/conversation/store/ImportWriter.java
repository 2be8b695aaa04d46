package dev.runnel.conversation.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.TimeUuid;
import dev.runnel.upstream.Role;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Writes an imported conversation with new ids.
 */
final class ImportWriter {

	private final ConversationId id = new ConversationId(TimeUuid.next());

	private final Visitor owner;

	private final ImportedConversation original;

	private final Map<MessageId, Placed> placed = new HashMap<>();

	private final List<Message> messages = new ArrayList<>();

	ImportWriter(Visitor owner, ImportedConversation original, int maxMessages) {
		this.owner = owner;
		this.original = original;
		if (original.messages().size() > maxMessages) {
			throw ProblemException.of(ErrorCode.INVALID_REQUEST,
					"A conversation may have at most " + maxMessages + " messages.");
		}
		original.messages().forEach(this::place);
		checkPlaced(original.current());
	}

	private void checkPlaced(@Nullable MessageId current) {
		if (current != null && !this.placed.containsKey(current)) {
			throw ProblemException.of(ErrorCode.INVALID_REQUEST, "The current message is not in the conversation.");
		}
	}

	private void place(Message message) {
		Placed parent = parent(message);
		ConversationText.checkLength(message);
		Placed place = new Placed(new MessageId(TimeUuid.next()), (parent != null) ? parent.depth() + 1 : 0,
				this.placed.size());
		if (this.placed.putIfAbsent(message.id(), place) != null) {
			throw ProblemException.of(ErrorCode.INVALID_REQUEST, "Two messages have the same id.");
		}
		this.messages.add(message);
	}

	private @Nullable Placed parent(Message message) {
		if (message.parent() == null) {
			return null;
		}
		Placed parent = this.placed.get(message.parent());
		if (parent == null) {
			throw ProblemException.of(ErrorCode.INVALID_REQUEST, "The parent of a message must come before it.");
		}
		return parent;
	}

	private @Nullable MessageId newId(@Nullable MessageId old) {
		Placed place = (old != null) ? this.placed.get(old) : null;
		return (place != null) ? place.id() : null;
	}

	ConversationId id() {
		return this.id;
	}

	/**
	 * Inserts the conversation and its messages.
	 * @param client the client of the transaction
	 * @return completes when everything is written
	 */
	Mono<Void> insert(DatabaseClient client) {
		return insertHead(client).thenMany(Flux.fromIterable(this.messages))
			.concatMap((message) -> insert(client, message))
			.then();
	}

	private Mono<Void> insertHead(DatabaseClient client) {
		MessageId current = newId((this.original.current() != null) ? this.original.current() : last());
		return client
			.sql("insert into conversation (id, owner, title, titled_by_hand, pinned, created_at, updated_at,"
					+ " current_id, settings, next_position, bytes, origin) values (:id, :owner, :title, :byHand,"
					+ " :pinned, :created, :updated, :current, :settings, :next, :bytes, :origin)")
			.bind("id", this.id.value())
			.bind("owner", this.owner.id())
			.bind("title", ConversationText.mendedTitle(this.original.title()))
			.bind("byHand", this.original.titledByHand())
			.bind("pinned", this.original.pinned())
			.bind("created", Rows.stored(this.original.createdAt()))
			.bind("updated", Rows.stored(this.original.updatedAt()))
			.bind("current", Rows.nullable(UUID.class, (current != null) ? current.value() : null))
			.bind("settings", Rows.nullable(String.class, StoredSettings.write(this.original.settings())))
			.bind("next", this.messages.size())
			.bind("bytes", StoredSize.of(this.original))
			.bind("origin", Rows.nullable(String.class, this.original.origin()))
			.then();
	}

	private @Nullable MessageId last() {
		return this.messages.isEmpty() ? null : this.messages.get(this.messages.size() - 1).id();
	}

	private Mono<Void> insert(DatabaseClient client, Message message) {
		Placed place = Objects.requireNonNull(this.placed.get(message.id()));
		Answer answer = message.answer();
		boolean question = message.role() == Role.USER || answer == null;
		Map<String, Object> parameters = Rows.place(this.id.value(), this.owner.id(), place.id(),
				newId(message.parent()), place.position(), place.depth(), message.createdAt());
		parameters.put("attachments", Rows.nullable(String.class, AttachmentList.write(message.attachments())));
		if (question) {
			parameters.put("content", ConversationText.storable(message.content()));
		}
		else {
			AnswerRow.put(parameters, ended(Objects.requireNonNull(answer)));
		}
		return client.sql(question ? Rows.INSERT_QUESTION : AnswerRow.INSERT)
			.bindValues(parameters)
			.then()
			.then(AttachmentLinks.add(client, this.owner, this.id, place.id(), message.attachments()));
	}

	private Answer ended(Answer answer) {
		return (answer.state() == AnswerState.STREAMING) ? answer.withState(AnswerState.INTERRUPTED) : answer;
	}

	private record Placed(MessageId id, int depth, int position) {
	}

}
