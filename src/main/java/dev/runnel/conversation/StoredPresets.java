package dev.runnel.conversation;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The presets that a database keeps.
 */
final class StoredPresets implements Presets {

	private static final int MAX_PRESETS = 100;

	private static final int MAX_NAME = 100;

	private final Database database;

	StoredPresets(Database database) {
		this.database = database;
	}

	@Override
	public Flux<Preset> list(Visitor visitor) {
		return this.database.read((client) -> client
			.sql("select id, name, settings from preset where owner = :owner order by lower(name), id")
			.bind("owner", visitor.id())
			.map(StoredPresets::preset)
			.all());
	}

	private static Preset preset(Readable row) {
		return new Preset(new PresetId(MessageRows.uuid(row, "id")), MessageRows.text(row, "name"),
				StoredSettings.read(row.get("settings", String.class)));
	}

	@Override
	public Mono<Preset> add(Visitor visitor, String name, ConversationSettings settings) {
		return Mono.defer(() -> {
			Preset preset = new Preset(new PresetId(TimeUuid.next()), checked(name), settings);
			return list(visitor).count().flatMap((count) -> {
				if (count >= MAX_PRESETS) {
					return Mono.error(ProblemException.of(ErrorCode.INVALID_REQUEST,
							"There are " + MAX_PRESETS + " presets, as many as there may be. Delete some first."));
				}
				return write("insert into preset (id, owner, name, settings) values (:id, :owner, :name, :settings)",
						visitor, preset);
			});
		});
	}

	@Override
	public Mono<Preset> change(Visitor visitor, PresetId id, String name, ConversationSettings settings) {
		return Mono
			.defer(() -> write("update preset set name = :name, settings = :settings where id = :id and owner = :owner",
					visitor, new Preset(id, checked(name), settings)));
	}

	private Mono<Preset> write(String sql, Visitor visitor, Preset preset) {
		return this.database
			.once((client) -> client.sql(sql)
				.bind("id", preset.id().value())
				.bind("owner", visitor.id())
				.bind("name", preset.name())
				.bind("settings", MessageRows.nullable(String.class, StoredSettings.write(preset.settings())))
				.fetch()
				.rowsUpdated())
			.flatMap((rows) -> known(rows, preset))
			.delayUntil((written) -> this.database.flush());
	}

	@Override
	public Mono<Void> delete(Visitor visitor, PresetId id) {
		return this.database
			.once((client) -> client.sql("delete from preset where id = :id and owner = :owner")
				.bind("id", id.value())
				.bind("owner", visitor.id())
				.fetch()
				.rowsUpdated())
			.flatMap((rows) -> known(rows, id))
			.then(Mono.defer(this.database::flush));
	}

	private static <T> Mono<T> known(Long rows, T result) {
		return (rows > 0) ? Mono.just(result) : Mono.error(ProblemException.notFound("preset"));
	}

	private static String checked(String name) {
		String line = ConversationText.storable(name).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
		if (line.isEmpty() || line.length() > MAX_NAME) {
			throw ProblemException.field("name", "must have 1 to " + MAX_NAME + " characters");
		}
		return line;
	}

}
