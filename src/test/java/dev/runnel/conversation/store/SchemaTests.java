package dev.runnel.conversation.store;

import java.nio.file.Path;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Schema}: Flyway runs only if there is something to migrate.
 */
@Timeout(120)
class SchemaTests {

	private static final String NEWEST = "select max(\"installed_rank\") from \"flyway_schema_history\"";

	@TempDir
	private Path folder;

	private JdbcDatabase database;

	@BeforeEach
	void locate() {
		this.database = JdbcDatabase.in(this.folder);
	}

	private UUID migrate() {
		return Schema.migrate("h2", this.database.jdbc(), this.database.user(), this.database.password(),
				(ex) -> "trouble");
	}

	@Test
	void aDatabaseKeepsItsId() {
		UUID id = migrate();
		assertThat(id).isNotNull();
		assertThat(migrate()).isEqualTo(id);
	}

	@Test
	void aCurrentSchemaIsNotExaminedByFlyway() throws Exception {
		UUID id = migrate();
		// Flyway would refuse scripts that have changed.
		this.database.execute("update \"flyway_schema_history\" set \"checksum\" = 1");
		assertThat(migrate()).isEqualTo(id);
	}

	@Test
	void aSchemaThatLacksAScriptIsMigrated() throws Exception {
		this.database.migrate("7");
		String before = this.database.query(NEWEST);
		UUID id = migrate();
		assertThat(this.database.query(NEWEST)).isNotEqualTo(before);
		assertThat(migrate()).isEqualTo(id);
	}

	@Test
	void aScriptThatFailedIsNotTakenForDone() throws Exception {
		migrate();
		this.database.execute("update \"flyway_schema_history\" set \"success\" = false where \"version\" = '8'");
		assertThatIllegalArgumentException().isThrownBy(this::migrate).withMessageStartingWith("trouble: ");
	}

}
