package dev.runnel.conversation.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads changed texts from the embedded database into the search index.
 */
final class IndexedTexts {

	/** Answers with the lengths of their texts and of their questions. */
	private static final String TURNS = "select a.id, a.parent_id,"
			+ " cast(char_length(a.content) + coalesce(char_length(q.content), 0) as bigint) as chars"
			+ " from message a left join message q on q.id = a.parent_id where a.id = any(:ids)";

	private final Database database;

	private final MessageSpans spans;

	private final AttachedTexts files;

	private final LuceneIndex index;

	private final IndexThread thread;

	IndexedTexts(Database database, LuceneIndex index, IndexThread thread) {
		this.database = database;
		this.spans = new MessageSpans(database);
		this.files = new AttachedTexts(database);
		this.index = index;
		this.thread = thread;
	}

	/**
	 * Brings the index up to date.
	 * @param tasks say what has changed
	 * @return completes when the index has the texts; the caller commits it
	 */
	Mono<Void> index(List<SearchTask> tasks) {
		Set<UUID> whole = new LinkedHashSet<>();
		Set<UUID> titles = new LinkedHashSet<>();
		Set<UUID> answers = new LinkedHashSet<>();
		for (SearchTask task : tasks) {
			UUID message = task.message();
			if (message == null) {
				whole.add(task.conversation());
			}
			else if (message.equals(task.conversation())) {
				titles.add(task.conversation());
			}
			else {
				answers.add(message);
			}
		}
		titles.removeAll(whole);
		return Flux.fromIterable(whole)
			.concatMap(this::indexConversation)
			.thenMany(Flux.fromIterable(titles))
			.concatMap(this::indexTitle)
			.then(indexAnswers(answers));
	}

	private Mono<Void> indexConversation(UUID conversation) {
		Mono<Void> remove = this.thread.run(() -> this.index.remove(conversation));
		return remove.then(indexTitle(conversation)).thenMany(indexPages(conversation)).then();
	}

	private Mono<Void> indexTitle(UUID conversation) {
		return this.database
			.read((client) -> client.sql("select id, owner, title from conversation where id = :id")
				.bind("id", conversation)
				.map((row) -> new String[] { Rows.text(row, "owner"), Rows.text(row, "title") })
				.all())
			.concatMap((row) -> this.thread.run(() -> this.index.putTitle(row[0], conversation, row[1])))
			.then();
	}

	private Flux<Void> indexPages(UUID conversation) {
		return this.spans.of(conversation)
			.concatMap((span) -> indexMessages(
					"m.conversation_id = :id and m.position between " + span.first() + " and " + span.last(),
					conversation), 1);
	}

	/**
	 * Reads answers with their questions in batches of bounded length. A query for each
	 * answer would take a connection and change threads each time.
	 */
	private Mono<Void> indexAnswers(Set<UUID> answers) {
		return answers.isEmpty() ? Mono.empty() : this.database
			.read((client) -> client.sql(TURNS).bind("ids", answers.toArray(UUID[]::new)).map(StoredTurn::of).all())
			.collectList()
			.flatMapIterable(IndexedTexts::batches)
			.concatMap((ids) -> indexMessages("m.id = any(:id)", ids.toArray(UUID[]::new)), 1)
			.then();
	}

	private static List<List<UUID>> batches(List<StoredTurn> turns) {
		List<List<UUID>> batches = new ArrayList<>();
		long chars = Long.MAX_VALUE;
		for (StoredTurn turn : turns) {
			if (chars > MessageSpans.MAX_CHARS - turn.chars()) {
				batches.add(new ArrayList<>());
				chars = 0;
			}
			chars += turn.chars();
			turn.addTo(batches.get(batches.size() - 1));
		}
		return batches;
	}

	/** Adds messages to the index. A running answer is added at its end. */
	private Mono<Void> indexMessages(String which, Object id) {
		return this.database
			.read((client) -> client
				.sql("select " + IndexedMessage.COLUMNS
						+ " from message m join conversation c on c.id = m.conversation_id where (" + which
						+ ") and (m.state is null or m.state <> 'STREAMING')")
				.bind("id", id)
				.map(IndexedMessage::of)
				.all())
			.concatMap(this::whole)
			.collectList()
			.flatMap((texts) -> this.thread.run(() -> put(texts)));
	}

	/** Adds the texts of files. Few messages have some. */
	private Mono<IndexedMessage> whole(IndexedMessage message) {
		return message.hasFiles()
				? this.files.of(message.message()).collect(Collectors.joining("\n")).map(message::with)
				: Mono.just(message);
	}

	private void put(List<IndexedMessage> texts) throws IOException {
		for (IndexedMessage text : texts) {
			this.index.put(text.owner(), text.conversation(), text.message(), text.position(), text.content());
			if (text.position() == 0) {
				this.index.putTitle(text.owner(), text.conversation(), text.title());
			}
		}
	}

	/**
	 * An answer with its question.
	 *
	 * @param answer the id of the answer
	 * @param question the id of the question; null for an answer without one
	 * @param chars the length of both texts
	 */
	private record StoredTurn(UUID answer, @Nullable UUID question, long chars) {

		static StoredTurn of(Readable row) {
			return new StoredTurn(Rows.uuid(row, "id"), row.get("parent_id", UUID.class), Rows.size(row, "chars"));
		}

		void addTo(List<UUID> messages) {
			messages.add(this.answer);
			if (this.question != null) {
				messages.add(this.question);
			}
		}

	}

}
