package dev.runnel.conversation.store;

import java.util.function.Function;

import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.Preset;
import dev.runnel.conversation.PresetId;
import dev.runnel.conversation.Presets;
import dev.runnel.conversation.TimeUuid;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import dev.runnel.web.Visitor;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The presets in a database.
 */
final class StoredPresets implements Presets {

	private static final int MAX_PRESETS = 100;

	private final Database database;

	private final StorageQuota quota;

	private final Visits visits;

	private final Compaction compaction;

	StoredPresets(Database database, StorageQuota quota, Visits visits, Compaction compaction) {
		this.database = database;
		this.quota = quota;
		this.visits = visits;
		this.compaction = compaction;
	}

	@Override
	public Flux<Preset> list(Visitor visitor) {
		return Flux.defer(() -> {
			this.visits.seen(visitor);
			return this.database.read((client) -> client
				.sql("select id, name, settings from preset where owner = :owner order by lower(name), id")
				.bind("owner", visitor.id())
				.map(StoredPresets::preset)
				.all());
		});
	}

	private static Preset preset(Readable row) {
		return new Preset(new PresetId(Rows.uuid(row, "id")), Rows.text(row, "name"),
				StoredSettings.read(row.get("settings", String.class)));
	}

	@Override
	public Mono<Preset> add(Visitor visitor, String name, ConversationSettings settings) {
		return Mono.defer(() -> {
			Preset preset = new Preset(new PresetId(TimeUuid.next()), ConversationText.typedName(name), settings);
			return write(visitor,
					(client) -> checkRoom(client, visitor).then(execute(client,
							"insert into preset (id, owner, name, settings) values (:id, :owner, :name, :settings)",
							visitor, preset)),
					preset);
		});
	}

	/**
	 * Checks the limit. It locks the visitor's presets and then counts them, so parallel
	 * inserts run one after another. If there is no preset to lock yet, the number of
	 * parallel inserts is limited by the small connection pool.
	 */
	private static Mono<Void> checkRoom(DatabaseClient client, Visitor visitor) {
		return client.sql("select id from preset where owner = :owner order by id for update")
			.bind("owner", visitor.id())
			.map((row) -> Rows.uuid(row, "id"))
			.all()
			.then(Mono.defer(() -> count(client, visitor)))
			.handle((count, sink) -> {
				if (count >= MAX_PRESETS) {
					sink.error(ProblemException.of(Reason.TOO_MANY_PRESETS, MAX_PRESETS));
				}
			});
	}

	private static Mono<Integer> count(DatabaseClient client, Visitor visitor) {
		return client.sql("select cast(count(*) as integer) as n from preset where owner = :owner")
			.bind("owner", visitor.id())
			.map((row) -> Rows.number(row, "n"))
			.one();
	}

	@Override
	public Mono<Preset> change(Visitor visitor, PresetId id, String name, ConversationSettings settings) {
		return Mono.defer(() -> {
			Preset preset = new Preset(id, ConversationText.typedName(name), settings);
			return write(visitor,
					(client) -> execute(client,
							"update preset set name = :name, settings = :settings where id = :id and owner = :owner",
							visitor, preset),
					preset);
		});
	}

	private Mono<Preset> write(Visitor visitor, Function<DatabaseClient, Mono<Long>> work, Preset preset) {
		this.visits.seen(visitor);
		return this.quota.take(visitor, StoredSize.ofSettings(preset.settings()))
			.then(this.database.inTransaction(work))
			.flatMap((rows) -> known(rows, preset))
			.delayUntil((written) -> this.database.flush());
	}

	private static Mono<Long> execute(DatabaseClient client, String sql, Visitor visitor, Preset preset) {
		return client.sql(sql)
			.bind("id", preset.id().value())
			.bind("owner", visitor.id())
			.bind("name", preset.name())
			.bind("settings", Rows.nullable(String.class, StoredSettings.write(preset.settings())))
			.fetch()
			.rowsUpdated();
	}

	@Override
	public Mono<Void> delete(Visitor visitor, PresetId id) {
		return Mono.defer(() -> {
			this.visits.seen(visitor);
			return this.database
				.inTransaction((client) -> client.sql("delete from preset where id = :id and owner = :owner")
					.bind("id", id.value())
					.bind("owner", visitor.id())
					.fetch()
					.rowsUpdated());
		}).flatMap((rows) -> known(rows, id)).doOnNext((deleted) -> {
			this.quota.removed();
			this.compaction.textDeleted();
		}).then(Mono.defer(this.database::flush));
	}

	private static <T> Mono<T> known(Long rows, T result) {
		return (rows > 0) ? Mono.just(result) : Mono.error(ProblemException.notFound("preset"));
	}

}
