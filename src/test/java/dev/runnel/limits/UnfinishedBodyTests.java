package dev.runnel.limits;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.runnel.memory.MemoryAccount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The memory that unfinished request bodies take, over real connections.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "runnel.security.trusted-proxies=127.0.0.1", "runnel.memory.max=4MB" })
@Timeout(60)
class UnfinishedBodyTests {

	private static final int SENT = 200_000;

	private final List<Socket> open = new ArrayList<>();

	private final int port;

	private final MemoryAccount memory;

	UnfinishedBodyTests(@LocalServerPort int port, @Autowired MemoryAccount memory) {
		this.port = port;
		this.memory = memory;
	}

	@AfterEach
	void letGo() throws IOException {
		for (Socket socket : this.open) {
			socket.close();
		}
		await().atMost(Duration.ofSeconds(10)).until(() -> this.memory.used() == 0);
	}

	private Socket send(String address, String path, String type) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port);
		this.open.add(socket);
		socket.setSoTimeout(10_000);
		OutputStream out = socket.getOutputStream();
		out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + address + "\r\nContent-Type: "
				+ type + "\r\nContent-Length: 250000\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII));
		out.write(new byte[SENT]);
		out.flush();
		return socket;
	}

	private static String answer(Socket socket) throws IOException {
		InputStream in = socket.getInputStream();
		return new String(in.readNBytes("HTTP/1.1 503".length()), StandardCharsets.US_ASCII);
	}

	private void awaitHeld(int bodies) {
		await().atMost(Duration.ofSeconds(10)).until(() -> this.memory.used() >= (long) bodies * SENT);
	}

	private boolean answered() throws IOException {
		for (Socket socket : this.open) {
			if (socket.getInputStream().available() > 0) {
				return answer(socket).equals("HTTP/1.1 503");
			}
		}
		return false;
	}

	@ParameterizedTest
	@CsvSource({ "/api/chat, application/json", "/api/chat/stream, application/json",
			"/api/presets, application/json" })
	void oneAddressHasASixteenthOfTheMemory(String path, String type) throws IOException {
		send("203.0.113.1", path, type);
		awaitHeld(1);
		assertThat(answer(send("203.0.113.1", path, type))).isEqualTo("HTTP/1.1 503");
		send("203.0.113.2", path, type);
		awaitHeld(2);
	}

	@Test
	void theFormOfThePageCountsToo() throws IOException {
		String type = "application/x-www-form-urlencoded";
		send("203.0.113.1", "/ai-demo", type);
		awaitHeld(1);
		assertThat(answer(send("203.0.113.1", "/ai-demo", type))).isEqualTo("HTTP/1.1 503");
	}

	@Test
	void allTogetherLeaveTheLastQuarterAlone() throws IOException {
		for (int i = 1; i <= 16; i++) {
			send("203.0.113." + i, "/api/chat", "application/json");
		}
		await().atMost(Duration.ofSeconds(20)).until(this::answered);
		assertThat(this.memory.used()).isLessThanOrEqualTo(this.memory.max() / 4 * 3);
	}

}
