package dev.runnel.security;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.runnel.page.RunningRunnel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that holds a connection without using it loses the connection. The reader of a
 * slow answer keeps it.
 */
@Tag("one-jdk")
class SlowClientTests {

	private static final String HEAD = "POST /api/chat/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";

	/**
	 * The texts that lazy clients send at once. After {@code SLOWLY}, single bytes follow
	 * from time to time.
	 */
	private static final List<String> LAZY = List.of("", "G", "GET /ai-demo HT", "GET /ai-demo HTTP/1.1\r\nHost: 127.0",
			"GET /ai-demo HTTP/1.1\r\nHost: 127.0.0.1\r\n", HEAD + "Content-Length: 100\r\n\r\n",
			HEAD + "Content-Length: 100\r\n\r\n{\"message\":", HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"m",
			HEAD + "Content-Length: 1000\r\n\r\nSLOWLY", "GET /ai-demo HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: SLOWLY",
			"POST /ai-demo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
					+ "Content-Length: 100\r\n\r\nmessage=",
			"GET /actuator/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

	private static RunningRunnel runnel;

	@BeforeAll
	static void start() {
		runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.mock.pace=4s",
				"--runnel.connection.idle-timeout=2s", "--runnel.connection.request-timeout=2s",
				"--runnel.import.max-size=64KB");
	}

	@AfterAll
	static void stop() {
		runnel.close();
	}

	private static Socket send(String text) throws IOException {
		Socket socket = new Socket("127.0.0.1", runnel.port());
		socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	/**
	 * Returns whether the server has closed the connection, by an end or a reset. Data
	 * may arrive before it.
	 */
	private static boolean isClosed(Socket socket, byte[] more) throws IOException {
		socket.setSoTimeout(1);
		try {
			socket.getOutputStream().write(more);
			while (socket.getInputStream().read() >= 0) {
				// Skips data, because only the end matters.
			}
			return true;
		}
		catch (SocketException ex) {
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Test
	@Timeout(90)
	void lazyOnesAreClosedAndAQuietStreamStays() throws Exception {
		try (Socket reader = send(HEAD + "Content-Length: 16\r\n\r\n{\"message\":\"hi\"}")) {
			reader.setSoTimeout(20_000);
			BufferedReader lines = new BufferedReader(
					new InputStreamReader(reader.getInputStream(), StandardCharsets.UTF_8));
			List<Socket> open = new ArrayList<>();
			for (String text : LAZY) {
				open.add(send(text.replace("SLOWLY", "")));
			}
			for (int i = 0; i < LAZY.size(); i++) {
				Socket socket = open.get(i);
				byte[] more = LAZY.get(i).endsWith("SLOWLY") ? new byte[] { 'x' } : new byte[0];
				Awaitility.await(LAZY.get(i))
					.atMost(20, TimeUnit.SECONDS)
					.pollInterval(Duration.ofMillis(50))
					.until(() -> isClosed(socket, more));
				socket.close();
			}
			long words = 0;
			while (words < 3) {
				String line = lines.readLine();
				assertThat(line).isNotNull();
				words += line.startsWith("event: message") ? 1 : 0;
			}
		}
	}

	@Test
	@Timeout(90)
	void aBodyWithoutEndIsCutOffAfterItsAnswer() throws Exception {
		byte[] chunk = ("2000\r\n" + "x".repeat(0x2000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
		for (String path : List.of("/nothing", "/api/chat", "/api/conversations/import")) {
			String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
			try (Socket socket = send(head + "Transfer-Encoding: chunked\r\n\r\n")) {
				Awaitility.await(path)
					.atMost(20, TimeUnit.SECONDS)
					.pollInterval(Duration.ofMillis(20))
					.until(() -> isClosed(socket, chunk));
			}
		}
	}

}
