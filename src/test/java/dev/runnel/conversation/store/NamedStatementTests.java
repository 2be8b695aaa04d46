package dev.runnel.conversation.store;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NamedStatement}, with the embedded database.
 */
@Timeout(60)
class NamedStatementTests {

	private static final NamedStatement ADD = new NamedStatement(
			"insert into preset (id, owner, name, settings) values (:id, :who, :who, :settings)");

	private final Storage storage = Storage.start("runnel.data-dir=mem");

	@AfterEach
	void stop() {
		this.storage.close();
	}

	private Mono<Void> add(Map<String, ?> parameters) {
		return this.storage.bean(Database.class)
			.inTransaction((client) -> client.inConnection((connection) -> ADD.run(connection, parameters)));
	}

	private String nameOf(UUID id) {
		return Storage.get(this.storage.bean(Database.class)
			.read((client) -> client
				.sql("select name || coalesce(settings, ' without settings') as found from preset" + " where id = :id")
				.bind("id", id)
				.map((row) -> Rows.text(row, "found"))
				.all())
			.single());
	}

	@Test
	void aNameHasOneNumber() {
		assertThat(ADD).hasToString("insert into preset (id, owner, name, settings) values ($1, $2, $2, $3)");
	}

	@Test
	void valuesAndNullsReachTheirColumns() {
		UUID id = UUID.randomUUID();
		Storage.done(add(Map.of("id", id, "who", "ann", "settings", Rows.nullable(String.class, null))));
		assertThat(nameOf(id)).isEqualTo("ann without settings");
	}

	@Test
	void aMissingValueIsAnError() {
		StepVerifier.create(add(Map.of("id", UUID.randomUUID(), "who", "ann")))
			.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageContaining("settings"))
			.verify(Storage.LIMIT);
	}

}
