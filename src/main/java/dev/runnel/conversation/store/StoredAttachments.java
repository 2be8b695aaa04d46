package dev.runnel.conversation.store;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import dev.runnel.conversation.Attachments;
import dev.runnel.conversation.NewAttachment;
import dev.runnel.conversation.TimeUuid;
import dev.runnel.upstream.Attachment;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import io.r2dbc.spi.Readable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Stores attachments: what is known of them in the database, and their bytes where
 * {@link AttachmentContents} keeps them.
 */
final class StoredAttachments implements Attachments {

	private static final Logger log = LoggerFactory.getLogger(StoredAttachments.class);

	/** The estimate for a file without its bytes and its text. */
	private static final int ROW_BYTES = 512;

	private static final String COLUMNS = "id, name, type, size, pages, width, height, tokens,"
			+ " (text is not null) as has_text";

	private static final String INSERT = "insert into attachment (id, owner, content_id, name, type, size, pages, width,"
			+ " height, text, tokens, bytes, created_at, asked) values (:id, :owner, :content, :name, :type, :size, :pages,"
			+ " :width, :height, :text, :tokens, :bytes, :now, false)";

	private final Database database;

	private final AttachmentContents contents;

	private final StorageQuota quota;

	private final Visits visits;

	private final Clock clock;

	StoredAttachments(Database database, AttachmentContents contents, StorageQuota quota, Visits visits, Clock clock) {
		this.database = database;
		this.contents = contents;
		this.quota = quota;
		this.visits = visits;
		this.clock = clock;
	}

	@Override
	public Mono<Attachment> add(Visitor visitor, NewAttachment file) {
		return Mono.defer(() -> {
			this.visits.seen(visitor);
			Attachment added = new Attachment(TimeUuid.next(), file.name(), file.type(), file.size(), file.pages(),
					file.width(), file.height(), file.text() != null, file.tokens());
			return this.quota.take(visitor, bytes(file))
				.then(Mono.defer(() -> store(visitor, added, file)))
				.delayUntil((stored) -> this.database.flush());
		});
	}

	private static long bytes(NewAttachment file) {
		return ROW_BYTES + file.size() + StoredSize.ofText(file.text());
	}

	/**
	 * Stores a file. Another file with the same bytes may be stored, or the last one
	 * deleted, at the same moment: the second try then meets the result.
	 */
	private Mono<Attachment> store(Visitor visitor, Attachment added, NewAttachment file) {
		return Mono.defer(() -> {
			UUID fresh = TimeUuid.next();
			return this.database
				.inTransaction((client) -> known(client, file).switchIfEmpty(write(client, fresh, file))
					.flatMap((content) -> insert(client, visitor, added, file, content))
					.thenReturn(added))
				.onErrorResume((ex) -> this.contents.delete(fresh).then(Mono.error(ex)));
		})
			.retryWhen(Retry.max(1)
				.filter(DataIntegrityViolationException.class::isInstance)
				.onRetryExhaustedThrow((retry, last) -> last.failure()));
	}

	/** Finds and locks the content with the same bytes. */
	private static Mono<UUID> known(DatabaseClient client, NewAttachment file) {
		return client.sql("select id from attachment_content where hash = :hash for update")
			.bind("hash", file.hash())
			.map((row) -> Rows.uuid(row, "id"))
			.one();
	}

	private Mono<UUID> write(DatabaseClient client, UUID id, NewAttachment file) {
		return Mono.defer(() -> client.sql("insert into attachment_content (id, hash, size) values (:id, :hash, :size)")
			.bind("id", id)
			.bind("hash", file.hash())
			.bind("size", file.size())
			.then()
			.then(this.contents.write(client, id, file.content()))
			.thenReturn(id));
	}

	private Mono<Void> insert(DatabaseClient client, Visitor visitor, Attachment added, NewAttachment file,
			UUID content) {
		return client.sql(INSERT)
			.bind("id", added.id())
			.bind("owner", visitor.id())
			.bind("content", content)
			.bind("name", file.name())
			.bind("type", file.type())
			.bind("size", file.size())
			.bind("pages", Rows.nullable(Integer.class, file.pages()))
			.bind("width", Rows.nullable(Integer.class, file.width()))
			.bind("height", Rows.nullable(Integer.class, file.height()))
			.bind("text", Rows.nullable(String.class, file.text()))
			.bind("tokens", file.tokens())
			.bind("bytes", bytes(file))
			.bind("now", Rows.stored(this.clock.instant()))
			.then();
	}

	@Override
	public Mono<Attachment> get(Visitor visitor, UUID id) {
		return rows(visitor, Set.of(id)).next().switchIfEmpty(Mono.error(() -> ProblemException.notFound("file")));
	}

	@Override
	public Mono<List<Attachment>> find(Visitor visitor, List<UUID> ids) {
		Set<UUID> once = new LinkedHashSet<>(ids);
		return once.isEmpty() ? Mono.just(List.of())
				: rows(visitor, once).collectMap(Attachment::id).map((found) -> inOrder(once, found));
	}

	private static List<Attachment> inOrder(Set<UUID> ids, Map<UUID, Attachment> found) {
		if (!found.keySet().containsAll(ids)) {
			throw AttachmentLinks.missing();
		}
		return ids.stream().map((id) -> Objects.requireNonNull(found.get(id))).toList();
	}

	private Flux<Attachment> rows(Visitor visitor, Set<UUID> ids) {
		return this.database.read(
				(client) -> client.sql("select " + COLUMNS + " from attachment where id = any(:ids) and owner = :owner")
					.bind("ids", ids.toArray(UUID[]::new))
					.bind("owner", visitor.id())
					.map(StoredAttachments::attachment)
					.all());
	}

	private static Attachment attachment(Readable row) {
		return new Attachment(Rows.uuid(row, "id"), Rows.text(row, "name"), Rows.text(row, "type"),
				Rows.size(row, "size"), row.get("pages", Integer.class), row.get("width", Integer.class),
				row.get("height", Integer.class), Boolean.TRUE.equals(row.get("has_text", Boolean.class)),
				Rows.number(row, "tokens"));
	}

	@Override
	public Flux<byte[]> read(Attachment attachment) {
		return this.database
			.read((client) -> client.sql("select content_id from attachment where id = :id")
				.bind("id", attachment.id())
				.map((row) -> Rows.uuid(row, "content_id"))
				.all())
			.next()
			.switchIfEmpty(Mono.error(() -> ProblemException.notFound("file")))
			.flatMapMany(this.contents::read);
	}

	@Override
	public Mono<String> text(Attachment attachment) {
		return this.database
			.read((client) -> client.sql("select text from attachment where id = :id")
				.bind("id", attachment.id())
				.map((row) -> Rows.text(row, "text"))
				.all())
			.next()
			.filter((text) -> !text.isEmpty());
	}

	@Override
	public Mono<Void> discard(Visitor visitor, UUID id) {
		return get(visitor, id)
			.flatMap((file) -> this.database.inTransaction(
					(client) -> client.sql("delete from attachment where id = :id and owner = :owner and asked = false")
						.bind("id", id)
						.bind("owner", visitor.id())
						.fetch()
						.rowsUpdated()))
			.filter((rows) -> rows > 0)
			.doOnNext((rows) -> this.quota.removed())
			.flatMap((rows) -> deleteUnusedContents());
	}

	/**
	 * Deletes the files that were uploaded before a time and that no question has had.
	 * @param limit the time
	 * @return completes when they are deleted
	 */
	Mono<Void> deleteUnasked(Instant limit) {
		return this.database
			.inTransaction((client) -> client.sql("delete from attachment where asked = false and created_at < :limit")
				.bind("limit", Rows.stored(limit))
				.fetch()
				.rowsUpdated())
			.filter((rows) -> rows > 0)
			.doOnNext((rows) -> this.quota.removed())
			.then();
	}

	/**
	 * Deletes the contents that no file has any more.
	 * @return completes when they are deleted
	 */
	Mono<Void> deleteUnusedContents() {
		return this.database.read((client) -> client
			.sql("select c.id from attachment_content c where not exists"
					+ " (select 1 from attachment a where a.content_id = c.id)")
			.map((row) -> Rows.uuid(row, "id"))
			.all()).concatMap(this::deleteContent).then();
	}

	/** A content that a new file takes over at this moment stays. */
	private Mono<Void> deleteContent(UUID id) {
		return this.database
			.inTransaction((client) -> client
				.sql("delete from attachment_content where id = :id and not exists"
						+ " (select 1 from attachment a where a.content_id = :id)")
				.bind("id", id)
				.fetch()
				.rowsUpdated())
			.filter((rows) -> rows > 0)
			.flatMap((rows) -> this.contents.delete(id))
			.onErrorResume(DataIntegrityViolationException.class, (ex) -> {
				log.debug("The content {} is used again", id, ex);
				return Mono.empty();
			});
	}

	/**
	 * Deletes what is left of contents without a row.
	 * @param ids the ids of contents that no transaction writes now
	 * @return completes when they are deleted
	 */
	Mono<Void> deleteLeftovers(Flux<UUID> ids) {
		return ids
			.concatMap(
					(id) -> this.database
						.read((client) -> client.sql("select id from attachment_content where id = :id")
							.bind("id", id)
							.map((row) -> Rows.uuid(row, "id"))
							.all())
						.hasElements()
						.filter((known) -> !known)
						.flatMap((unknown) -> this.contents.delete(id)))
			.then();
	}

}
