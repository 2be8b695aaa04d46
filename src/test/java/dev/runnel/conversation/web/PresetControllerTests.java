package dev.runnel.conversation.web;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of presets over HTTP.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PresetControllerTests {

	private static final String BODY = "{\"name\":\" Short \",\"settings\":{\"system\":\"Be brief.\",\"maxTokens\":20}}";

	private final int port;

	private Api api;

	PresetControllerTests(@LocalServerPort int port) {
		this.port = port;
	}

	@BeforeEach
	void arrive() {
		this.api = Api.visitor(this.port);
	}

	private String add(String body) {
		return Api.json(this.api.send(HttpMethod.POST, "/api/presets", body).expectStatus().isCreated())
			.get("id")
			.asString();
	}

	@Test
	void addsAndLists() {
		String id = add(BODY);
		JsonNode list = Api.json(this.api.get("/api/presets"));
		assertThat(list).hasSize(1);
		JsonNode preset = list.get(0);
		assertThat(preset.propertyNames()).containsExactly("id", "name", "settings");
		assertThat(preset.get("id").asString()).isEqualTo(id);
		assertThat(preset.get("name").asString()).isEqualTo("Short");
		assertThat(preset.get("settings").get("system").asString()).isEqualTo("Be brief.");
		assertThat(preset.get("settings").get("topP").isNull()).isTrue();
	}

	@Test
	void replaces() {
		String path = "/api/presets/" + add(BODY);
		JsonNode changed = Api.json(this.api.send(HttpMethod.PUT, path, "{\"name\":\"Long\"}"));
		assertThat(changed.get("name").asString()).isEqualTo("Long");
		assertThat(changed.get("settings").get("system").isNull()).isTrue();
		assertThat(Api.json(this.api.get("/api/presets")).get(0)).isEqualTo(changed);
	}

	@Test
	void deletesOnce() {
		String path = "/api/presets/" + add(BODY);
		this.api.delete(path).expectStatus().isNoContent();
		Api.problem(this.api.delete(path), 404);
		Api.problem(this.api.send(HttpMethod.PUT, path, BODY), 404);
		assertThat(Api.json(this.api.get("/api/presets"))).isEmpty();
	}

	@Test
	void objectsOfOthersDoNotExist() {
		String path = "/api/presets/" + add(BODY);
		Api stranger = Api.visitor(this.port);
		assertThat(Api.json(stranger.get("/api/presets"))).isEmpty();
		Api.problem(stranger.send(HttpMethod.PUT, path, BODY), 404);
		Api.problem(stranger.delete(path), 404);
		assertThat(Api.json(this.api.get("/api/presets"))).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{} | name", "{\"name\":\" \"} | name", "{\"name\":5} | name",
					"{\"name\":\"a\",\"settings\":{\"temperature\":-1}} | settings.temperature",
					"{\"name\":\"a\",\"settings\":{\"model\":\"no/such-model\"}} | settings.model",
					"{\"name\":\"a\",\"settings\":[]} | settings" })
	void namesTheFieldThatIsWrong(String body, String field) {
		JsonNode problem = Api.problem(this.api.send(HttpMethod.POST, "/api/presets", body), 400);
		assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(field);
	}

	@Test
	void refusesANameThatIsTooLong() {
		JsonNode problem = Api
			.problem(this.api.send(HttpMethod.POST, "/api/presets", "{\"name\":\"" + "x".repeat(101) + "\"}"), 400);
		assertThat(problem.get("errors").get(0).get("message").asString()).contains("100");
	}

}
