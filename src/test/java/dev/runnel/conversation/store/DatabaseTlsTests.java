package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.file.Path;

import dev.runnel.TestCertificate;
import dev.runnel.data.DataSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The options of the address apply to every connection to PostgreSQL, including the first
 * one, which migrates the schema.
 */
@Timeout(120)
@Tag("one-jdk")
class DatabaseTlsTests {

	/** Skips the tests if PostgreSQL cannot run. */
	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final String PASSWORD = "Secret-Password-1";

	@TempDir
	private static Path folder;

	private static DatabaseConnections open(String scheme, int port, String password, String options) {
		return DatabaseConnections.open(
				new DatabaseSettings(scheme + "://postgres:" + password + "@127.0.0.1:" + port + "/postgres" + options),
				new DataSettings("mem"));
	}

	@ParameterizedTest
	@CsvSource({ "r2dbc:postgresql, ?sslMode=require", "r2dbc:postgresql, ?sslmode=require",
			"r2dbc:postgresql, ?sslMode=verify-ca", "r2dbc:postgresql, ?sslMode=verify-full",
			"r2dbc:postgresql, ?ssl=true", "r2dbc:postgresql, ?ssl=TRUE&sslMode=verify-full", "r2dbcs:postgresql, ''" })
	void aServerWithoutTlsGetsNoPassword(String scheme, String options) throws IOException {
		try (PlainPostgres server = PlainPostgres.start()) {
			assertThatThrownBy(() -> open(scheme, server.port(), PASSWORD, options))
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessage(
						"runnel.database-url names a database that cannot be used: The server does not support SSL.");
			assertThat(server.heard()).doesNotContain(PASSWORD);
		}
	}

	@Test
	void aServerGetsThePasswordInClearWhereNobodyAsksForTls() throws IOException {
		try (PlainPostgres server = PlainPostgres.start()) {
			assertThatThrownBy(() -> open("r2dbc:postgresql", server.port(), PASSWORD, "?sslMode=disable"))
				.isInstanceOf(IllegalArgumentException.class);
			assertThat(server.heard()).contains(PASSWORD);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "?sslmod=verify-full | sslmod", "?SSLMODE=require | SSLMODE",
			"?sslMode=strict | sslMode", "?sslMode=tunnel | sslMode", "?ssl=yes | ssl", "?options=-c%20x=y | options" })
	void anOptionThatCannotHoldIsRefusedByItsName(String options, String name) throws IOException {
		try (PlainPostgres server = PlainPostgres.start()) {
			assertThatThrownBy(() -> open("r2dbc:postgresql", server.port(), PASSWORD, options))
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessageStartingWith("runnel.database-url has the option " + name + ", which ")
				.hasMessageNotContaining(PASSWORD);
			assertThat(server.heard()).isEmpty();
		}
	}

	private static Path certificate(String name) throws Exception {
		return TestCertificate.create(folder, name, "ip:127.0.0.1");
	}

	@Test
	void aCertificateIsCheckedByBothDrivers() throws Exception {
		Path right = certificate("right");
		Path wrong = certificate("wrong");
		try (EmbeddedPostgres server = Postgres.builder()
			.setServerConfig("ssl", "on")
			.setServerConfig("ssl_cert_file", right.toString())
			.setServerConfig("ssl_key_file", folder.resolve("right.key").toString())
			.start()) {
			for (String options : new String[] { "?sslMode=verify-full&sslRootCert=" + wrong, "?sslMode=verify-full",
					"?ssl=true" }) {
				assertThatThrownBy(() -> open("r2dbc:postgresql", server.getPort(), "postgres", options)).as(options)
					.isInstanceOf(IllegalArgumentException.class)
					.hasMessageStartingWith("runnel.database-url names a database that cannot be used: ");
			}
			for (String mode : new String[] { "require", "verify-ca", "verify-full" }) {
				try (Storage storage = Storage.start("runnel.data-dir=mem",
						"runnel.database-url=r2dbc:postgresql://postgres:postgres@127.0.0.1:" + server.getPort()
								+ "/postgres?sslMode=" + mode + "&sslRootCert=" + right)) {
					assertThat(Storage.get(storage.bean(Database.class)
						.read((client) -> client.sql("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
							.map((row) -> row.get(0, Boolean.class))
							.all())
						.single())).isTrue();
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?connectTimeout=PT3S&tcpKeepAlive=true&applicationName=runnel%201" })
	void otherOptionsHold(String options) {
		try (DatabaseConnections connections = DatabaseConnections
			.open(new DatabaseSettings(postgres.newDatabase() + options), new DataSettings("mem"))) {
			assertThat(connections.databaseId()).isNotNull();
		}
	}

}
