package dev.runnel.signin;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A Keycloak on a free port of 127.0.0.1, from the local Maven repository, where
 * {@code etc/get-keycloak} puts it. If it is missing, or this machine is too slow to
 * start it, the tests are skipped with a message. With
 * {@code RUNNEL_REQUIRE_KEYCLOAK=true} (environment variable or system property) they
 * fail instead. The first start takes longest, because it builds the server.
 */
final class Keycloak implements AutoCloseable {

	static final String SECRET = "the-secret-of-the-client";

	static final String PASSWORD = "a password at keycloak";

	/** etc/get-keycloak reads it here. */
	private static final String VERSION = "26.7.3";

	private static final Path TARGET = Path.of("target", "keycloak").toAbsolutePath();

	private static final String ADMIN = "operator";

	private static final Duration START = Duration.ofSeconds(240);

	private final HttpClient client = HttpClient.newHttpClient();

	private final int port;

	private final Process process;

	private Keycloak(int port, Process process) {
		this.port = port;
		this.process = process;
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	static String issuer(int port) {
		return "http://127.0.0.1:" + port + "/realms/home";
	}

	/** Starts it with a realm for the server at this address. */
	static Keycloak start(int port, String runnel) throws Exception {
		Path home = TARGET.resolve("keycloak-" + VERSION);
		if (!Files.exists(home.resolve("version.txt"))) {
			unpack(zip(), TARGET);
		}
		Path realms = Files.createDirectories(home.resolve("data").resolve("import"));
		Files.writeString(realms.resolve("home-realm.json"), JsonMapper.shared().writeValueAsString(realm(runnel)));
		ProcessBuilder start = new ProcessBuilder("sh", home.resolve("bin").resolve("kc.sh").toString(), "start-dev",
				"--http-host=127.0.0.1", "--http-port=" + port, "--db=dev-mem", "--cache=local",
				"--health-enabled=false", "--metrics-enabled=false", "--log-level=warn", "--import-realm")
			.redirectErrorStream(true)
			.redirectOutput(home.resolve("log.txt").toFile());
		start.environment()
			.putAll(Map.of("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN, "KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD, "JAVA_HOME",
					System.getProperty("java.home"), "JAVA_OPTS",
					"-Xms64m -Xmx512m -XX:MaxMetaspaceSize=256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"));
		return new Keycloak(port, start.start());
	}

	/** Skips a test for a reason, or fails it. */
	static void missing(String reason) {
		String required = System.getProperty("RUNNEL_REQUIRE_KEYCLOAK", System.getenv("RUNNEL_REQUIRE_KEYCLOAK"));
		if (Boolean.parseBoolean(required)) {
			fail(reason);
		}
		abort(reason);
	}

	/** Waits for the start, and returns whether this machine is fast enough for it. */
	boolean isUp() {
		try {
			Awaitility.await()
				.atMost(START)
				.ignoreExceptions()
				.until(() -> !this.process.isAlive()
						|| get("/realms/home/.well-known/openid-configuration", "").statusCode() == 200);
		}
		catch (ConditionTimeoutException ex) {
			return false;
		}
		if (!this.process.isAlive()) {
			throw new AssertionError("Keycloak ended at its start; target/keycloak has its log.txt");
		}
		return true;
	}

	/** Returns whether the archive is in the local Maven repository. */
	static boolean isThere() {
		return Files.exists(zip());
	}

	private static Path zip() {
		return Path
			.of(System.getProperty("localRepository",
					Path.of(System.getProperty("user.home"), ".m2", "repository").toString()))
			.resolve(Path.of("org", "keycloak", "keycloak-quarkus-dist", VERSION,
					"keycloak-quarkus-dist-" + VERSION + ".zip"));
	}

	private static void unpack(Path zip, Path target) throws IOException {
		try (InputStream in = Files.newInputStream(zip); ZipInputStream files = new ZipInputStream(in)) {
			for (ZipEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
				Path file = target.resolve(entry.getName());
				if (entry.isDirectory()) {
					Files.createDirectories(file);
				}
				else {
					Files.createDirectories(file.getParent());
					Files.write(file, files.readAllBytes());
				}
			}
		}
	}

	private static Map<String, Object> realm(String runnel) {
		Map<String, Object> groups = Map.of("name", "groups", "protocol", "openid-connect", "protocolMapper",
				"oidc-group-membership-mapper", "config", Map.of("full.path", "false", "id.token.claim", "true",
						"userinfo.token.claim", "true", "claim.name", "groups"));
		Map<String, Object> client = Map.of("clientId", ScriptedProvider.CLIENT, "secret", SECRET, "redirectUris",
				List.of(runnel + OidcProvider.ANSWER), "protocolMappers", List.of(groups), "attributes",
				Map.of("pkce.code.challenge.method", "S256", "backchannel.logout.url",
						runnel + "/logout/connect/back-channel/oidc", "backchannel.logout.session.required", "true"));
		return Map.of("realm", "home", "enabled", true, "sslRequired", "none", "groups",
				List.of(Map.of("name", "staff"), Map.of("name", "operators")), "clients", List.of(client), "users",
				List.of(user("grace", "/staff", "/operators"), user("heidi", "/staff"), user("mallory")));
	}

	private static Map<String, Object> user(String name, String... groups) {
		return Map.of("username", name, "enabled", true, "email", name + "@example.com", "emailVerified", true,
				"firstName", name, "lastName", "Example", "credentials",
				List.of(Map.of("type", "password", "value", PASSWORD)), "groups", List.of(groups));
	}

	/** Ends all sessions of a person, as an operator of Keycloak does. */
	void signOut(String name) throws Exception {
		String bearer = "Bearer " + JsonMapper.shared()
			.readTree(send(request("/realms/master/protocol/openid-connect/token", "")
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString("grant_type=password&client_id=admin-cli&username=" + ADMIN
						+ "&password=" + PASSWORD.replace(' ', '+'))))
				.body())
			.get("access_token")
			.asString();
		String id = JsonMapper.shared()
			.readTree(get("/admin/realms/home/users?exact=true&username=" + name, bearer).body())
			.get(0)
			.get("id")
			.asString();
		send(request("/admin/realms/home/users/" + id + "/logout", bearer).POST(HttpRequest.BodyPublishers.noBody()));
	}

	private HttpResponse<String> get(String path, String bearer) throws Exception {
		return send(request(path, bearer).GET());
	}

	private HttpRequest.Builder request(String path, String bearer) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.timeout(Duration.ofSeconds(30));
		return bearer.isEmpty() ? request : request.header("Authorization", bearer);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	/** The script starts Java in its own process, which ends with it. */
	@Override
	public void close() {
		List<ProcessHandle> children = this.process.descendants().toList();
		this.process.destroy();
		children.forEach(ProcessHandle::destroy);
		try {
			if (!this.process.waitFor(20, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		children.forEach(ProcessHandle::destroyForcibly);
	}

}
