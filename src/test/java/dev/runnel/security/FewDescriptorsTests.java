package dev.runnel.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.runnel.RunnelProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server whose process may open few files, and more idle connections than that.
 */
@Tag("one-jdk")
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
class FewDescriptorsTests {

	private static final int CONNECTIONS = 400;

	/** Each library on the class path takes one, before any connection does. */
	private static final String FEW = "ulimit -n 384";

	@TempDir
	private Path folder;

	private final HttpClient visitor = RunnelProcess.visitor();

	private static List<Socket> hold(int port) throws IOException {
		List<Socket> sockets = new ArrayList<>();
		for (int i = 0; i < CONNECTIONS; i++) {
			sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
		}
		return sockets;
	}

	private static void release(List<Socket> sockets) throws IOException {
		for (Socket socket : sockets) {
			socket.close();
		}
	}

	private HttpResponse<String> ask(RunnelProcess server, String question) throws IOException, InterruptedException {
		return this.visitor.send(server.question(question), HttpResponse.BodyHandlers.ofString());
	}

	private void assertFound(RunnelProcess server, String word) {
		Awaitility.await().atMost(60, TimeUnit.SECONDS).ignoreExceptions().until(() -> {
			HttpResponse<String> found = this.visitor.send(
					server.request("/api/conversations?query=" + word).GET().build(),
					HttpResponse.BodyHandlers.ofString());
			return JsonMapper.shared().readTree(found.body()).get("conversations").size() >= 1;
		});
	}

	@Test
	void tellsOfItAndWorksAgainWhenTheConnectionsAreGone() throws Exception {
		try (RunnelProcess server = RunnelProcess.start(this.folder, FEW)) {
			assertThat(ask(server, "giraffe").statusCode()).isEqualTo(200);
			assertFound(server, "giraffe");
			List<Socket> sockets = hold(server.port());
			Awaitility.await()
				.atMost(30, TimeUnit.SECONDS)
				.until(() -> server.log().contains("as many as the open files of this process allow (ulimit -n)"));
			release(sockets);
			Awaitility.await()
				.atMost(30, TimeUnit.SECONDS)
				.ignoreExceptions()
				.until(() -> ask(server, "zebra").statusCode() == 200);
			assertFound(server, "zebra");
			assertFound(server, "giraffe");
			assertThat(server.isServing()).isTrue();
		}
	}

}
