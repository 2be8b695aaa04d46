package dev.runnel.security;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Arrays;
import java.util.Optional;

import dev.runnel.HttpClients;
import dev.runnel.RunnelApplication;
import dev.runnel.conversation.web.Api;
import dev.runnel.page.RunningRunnel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * One library for everybody who reaches the server, over HTTP.
 */
@Timeout(120)
class OwnerTests {

	private static final String[] SETTINGS = { "--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
			"--runnel.sign-in.mode=owner" };

	private static RunningRunnel start(String... more) {
		String[] all = Arrays.copyOf(SETTINGS, SETTINGS.length + more.length);
		System.arraycopy(more, 0, all, SETTINGS.length, more.length);
		return RunningRunnel.start(all);
	}

	private static WebTestClient client(String origin) {
		return HttpClients.at(origin).build();
	}

	private static String begin(WebTestClient client) {
		return Api
			.json(client.method(HttpMethod.POST)
				.uri("/api/chat")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"message\":\"Hello\"}")
				.exchange())
			.get("conversationId")
			.asString();
	}

	@Test
	void everyBrowserSeesTheSameConversationsAndGetsNoCookie() {
		try (RunningRunnel runnel = start()) {
			String id = begin(client(runnel.url("")));
			WebTestClient.ResponseSpec other = client(runnel.url("")).get().uri("/api/conversations/" + id).exchange();
			other.expectHeader().doesNotExist("Set-Cookie");
			assertThat(Api.json(other).get("id").asString()).isEqualTo(id);
		}
	}

	@Test
	void theFormOfThePageWorks() {
		try (RunningRunnel runnel = start()) {
			String page = new String(client(runnel.url("")).get()
				.uri("/ai-demo")
				.exchange()
				.expectBody()
				.returnResult()
				.getResponseBody());
			assertThat(page).doesNotContain("tied to this browser");
			String token = page.replaceAll("(?s).*name=\"token\" value=\"([^\"]+)\".*", "$1");
			client(runnel.url("")).post()
				.uri("/ai-demo")
				.contentType(MediaType.APPLICATION_FORM_URLENCODED)
				.bodyValue("message=Hello&token=" + token)
				.exchange()
				.expectStatus()
				.isSeeOther();
		}
	}

	@Test
	void itDoesNotStartWhereStrangersCouldReachIt() {
		assertThatThrownBy(() -> new SpringApplicationBuilder(RunnelApplication.class)
			.run("--server.port=0", "--server.address=0.0.0.0", "--runnel.data-dir=mem", "--runnel.sign-in.mode=owner")
			.close()).hasStackTraceContaining("RUNNEL_SECURITY_TRUSTED_PROXIES must name the proxy");
	}

	@Test
	void aPeerThatIsNoProxyIsRefusedWhateverItsHeadersSay() throws Exception {
		String address = ownAddress().map(InetAddress::getHostAddress).orElse("");
		Assumptions.assumeFalse(address.isEmpty(), "this machine has only a loopback address");
		try (RunningRunnel runnel = start("--server.address=0.0.0.0", "--runnel.security.trusted-proxies=192.0.2.1")) {
			client("http://" + address + ":" + runnel.port()).get()
				.uri("/api/conversations")
				.header("X-Forwarded-For", "127.0.0.1")
				.exchange()
				.expectStatus()
				.isForbidden()
				.expectBody()
				.jsonPath("$.code")
				.isEqualTo("forbidden");
			client(runnel.url("")).get().uri("/api/conversations").exchange().expectStatus().isOk();
		}
	}

	/** Returns an address of this machine that is not the loopback address. */
	private static Optional<InetAddress> ownAddress() throws Exception {
		return NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((address) -> address instanceof Inet4Address && !address.isLoopbackAddress())
			.findFirst();
	}

}
