package dev.runnel.security;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A real nginx, Apache httpd or Caddy in front of Runnel, found on the {@code PATH}, with
 * a free port and a configuration for the test. If the program is missing, the tests are
 * skipped with a message. With {@code RUNNEL_REQUIRE_PROXIES=true} (environment variable
 * or system property) they fail instead.
 */
public final class RunningProxy implements AutoCloseable {

	static final Path AUTHORITY = Path.of("pki", "authorities", "local", "root.crt");

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final List<Path> APACHE_MODULES = List.of(Path.of("/usr/lib/apache2/modules"),
			Path.of("/usr/lib64/httpd/modules"), Path.of("/usr/libexec/apache2"));

	private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

	private static final int ATTEMPTS = 5;

	private final Process process;

	private final int port;

	private RunningProxy(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Starts nginx.
	 * @param folder an empty folder for all files of nginx
	 * @param http the content of the http block; {@code LISTEN} is replaced by the
	 * address
	 */
	public static RunningProxy nginx(Path folder, String http) throws Exception {
		String program = find("nginx");
		return start(folder, RunningProxy::freePort, (port) -> {
			Path file = Files.writeString(folder.resolve("nginx.conf"), """
					daemon off;
					worker_processes 1;
					user %s;
					pid nginx.pid;
					error_log stderr;
					events {
						worker_connections 8192;
					}
					http {
						access_log off;
						client_body_temp_path body;
						proxy_temp_path proxy;
						fastcgi_temp_path fastcgi;
						uwsgi_temp_path uwsgi;
						scgi_temp_path scgi;
						%s
					}
					""".formatted(System.getProperty("user.name"), http.replace("LISTEN", "127.0.0.1:" + port)));
			return List.of(program, "-p", folder + "/", "-c", file.toString());
		});
	}

	/**
	 * Starts Apache httpd.
	 * @param folder an empty folder for all files of httpd
	 * @param modules the short names of modules to load
	 * @param lines additional lines of the configuration
	 */
	static RunningProxy apache(Path folder, List<String> modules, String lines) throws Exception {
		String program = find("apache2", "httpd");
		Path from = APACHE_MODULES.stream()
			.filter(Files::isDirectory)
			.findFirst()
			.orElseGet(() -> missing("its modules"));
		StringBuilder load = new StringBuilder();
		Stream.concat(Stream.of("mpm_event", "authz_core"), modules.stream())
			.forEach((module) -> load.append("LoadModule %s_module %s/mod_%s.so\n".formatted(module, from, module)));
		// httpd drops root and runs as another user, which needs access to the folder.
		Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
		return start(folder, RunningProxy::freePort, (port) -> {
			Path file = Files.writeString(folder.resolve("httpd.conf"), """
					ServerRoot %s
					ServerName localhost
					Listen 127.0.0.1:%d
					PidFile httpd.pid
					DefaultRuntimeDir .
					ErrorLog /dev/stderr
					%s
					%s
					%s
					""".formatted(folder, port, load, ROOT ? "User www-data\nGroup www-data" : "", lines));
			return List.of(program, "-f", file.toString(), "-DFOREGROUND");
		});
	}

	/**
	 * Starts Caddy. Its own authority signs its certificates, and the folder has that
	 * authority's certificate at {@link #AUTHORITY}.
	 * @param folder an empty folder for all files of Caddy
	 * @param sites the sites, which Caddy serves with TLS
	 */
	static RunningProxy caddy(Path folder, String sites) throws Exception {
		String program = find("caddy");
		return start(folder, RunningProxy::freePort, (port) -> {
			Path file = Files.writeString(folder.resolve("Caddyfile"), """
					{
						admin off
						auto_https disable_redirects
						default_bind 127.0.0.1
						https_port %d
						local_certs
						skip_install_trust
						storage file_system %s
					}
					%s
					""".formatted(port, folder, sites));
			return List.of("env", "HOME=" + folder, program, "run", "--config", file.toString());
		});
	}

	/** A port that was free may be taken before the program uses it. */
	static RunningProxy start(Path folder, Callable<Integer> ports, Program program) throws Exception {
		for (int attempt = 1; true; attempt++) {
			int port = ports.call();
			Path output = folder.resolve("output");
			Process process = new ProcessBuilder(program.command(port)).redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			try {
				await(process, port, output);
				return new RunningProxy(process, port);
			}
			catch (RuntimeException ex) {
				process.destroyForcibly().onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
				if (attempt == ATTEMPTS || !isInUse(output)) {
					throw ex;
				}
			}
		}
	}

	private static void await(Process process, int port, Path output) {
		Awaitility.await()
			.atMost(LIMIT)
			.pollInterval(Duration.ofMillis(20))
			.ignoreExceptionsInstanceOf(IOException.class)
			.failFast(() -> {
				if (!process.isAlive() || isInUse(output)) {
					throw new IllegalStateException(Files.readString(output));
				}
			})
			.until(() -> {
				new Socket("127.0.0.1", port).close();
				return true;
			});
	}

	/** All three programs use the words of the operating system. */
	private static boolean isInUse(Path output) throws IOException {
		return Files.readString(output).toLowerCase(Locale.ROOT).contains("address already in use");
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static String find(String... names) {
		return Stream.of((System.getenv("PATH") + File.pathSeparator + "/usr/sbin").split(File.pathSeparator))
			.flatMap((folder) -> Stream.of(names).map((name) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst()
			.map(Path::toString)
			.orElseGet(() -> missing(names[0]));
	}

	private static <T> T missing(String what) {
		String message = "There is no " + what + ": what Runnel does behind it is not tested";
		String required = System.getProperty("RUNNEL_REQUIRE_PROXIES", System.getenv("RUNNEL_REQUIRE_PROXIES"));
		return Boolean.parseBoolean(required) ? fail(message) : abort(message);
	}

	/**
	 * Returns the port.
	 * @return the port on which the proxy listens, on 127.0.0.1
	 */
	public int port() {
		return this.port;
	}

	public String url(String path) {
		return "http://127.0.0.1:" + this.port + path;
	}

	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
	}

	/** A program for one port, with its configuration. */
	interface Program {

		List<String> command(int port) throws IOException;

	}

}
