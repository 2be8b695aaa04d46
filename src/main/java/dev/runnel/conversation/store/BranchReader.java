package dev.runnel.conversation.store;

import java.util.List;
import java.util.UUID;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Walks a branch in the database from its end to its beginning. Parents have lower
 * positions than their children, so one backward scan of the conversation meets the whole
 * branch. The scan stops when the branch is complete or the context is full.
 */
final class BranchReader {

	/** The number of messages in one page of the scan. */
	private static final int STRIDE = 64;

	private final DatabaseClient client;

	private final ConversationId conversation;

	private final BranchHistory history;

	private @Nullable UUID wanted;

	private int before;

	private BranchReader(DatabaseClient client, ConversationId conversation, BranchHistory history, @Nullable UUID end,
			int before) {
		this.client = client;
		this.conversation = conversation;
		this.history = history;
		this.wanted = end;
		this.before = before;
	}

	/**
	 * Collects the turns of a branch that fit into the context.
	 * @param client the client of the transaction
	 * @param conversation the id of the conversation
	 * @param end the last message of the branch; null for an empty branch
	 * @param before a position after the end of the branch
	 * @param room the maximum length in UTF-16 units
	 * @return the collected history
	 */
	static Mono<BranchHistory> history(DatabaseClient client, ConversationId conversation, @Nullable MessageId end,
			int before, int room) {
		BranchReader branch = new BranchReader(client, conversation, new BranchHistory(room),
				(end != null) ? end.value() : null, before);
		return Mono.defer(branch::goBack).repeat(branch::goesOn).then(Mono.fromSupplier(() -> branch.history));
	}

	private boolean goesOn() {
		return this.wanted != null && this.before > 0;
	}

	private Mono<Void> goBack() {
		if (!goesOn()) {
			return Mono.empty();
		}
		return this.client
			.sql("select id, parent_id, position, depth, role, content, source, attachments from message"
					+ " where conversation_id = :conversation and position < :before order by position desc limit "
					+ STRIDE)
			.bind("conversation", this.conversation.value())
			.bind("before", this.before)
			.map(Step::of)
			.all()
			.collectList()
			.doOnNext(this::take)
			.then();
	}

	private void take(List<Step> steps) {
		steps.forEach(this::take);
		if (steps.size() < STRIDE) {
			this.before = 0;
		}
	}

	private void take(Step step) {
		this.before = step.position();
		if (step.id().equals(this.wanted)) {
			this.history.add(step.role(), step.content(), step.source(), step.attachments());
			this.wanted = step.parent();
		}
		if (isFull()) {
			// All messages before this one are omitted too.
			this.history.omit(step.depth());
			this.wanted = null;
		}
	}

	private boolean isFull() {
		return this.wanted != null && this.history.isFull();
	}

	private record Step(UUID id, @Nullable UUID parent, int position, int depth, Role role, String content,
			@Nullable Source source, List<Attachment> attachments) {

		static Step of(Readable row) {
			String source = row.get("source", String.class);
			return new Step(Rows.uuid(row, "id"), row.get("parent_id", UUID.class), Rows.number(row, "position"),
					Rows.number(row, "depth"), Role.valueOf(Rows.text(row, "role")), Rows.text(row, "content"),
					(source != null) ? Source.valueOf(source) : null,
					AttachmentList.read(row.get("attachments", String.class)));
		}

	}

}
