package dev.runnel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code, {@code .env.example} and {@code docs/settings.md} have the same settings with
 * the same defaults, and explain them in the same words.
 */
class SettingsTests {

	/** The environment variables with a different name than their setting. */
	private static final Map<String, String> SHORT_NAMES = Map.of("runnel.openrouter.api-key", "OPENROUTER_API_KEY",
			"runnel.openrouter.base-url", "OPENROUTER_BASE_URL", "runnel.openrouter.model", "OPENROUTER_MODEL",
			"runnel.data-dir", "RUNNEL_DATA_DIR", "runnel.database-url", "RUNNEL_DATABASE_URL");

	private static final Map<String, String> SERVER = Map.of("PORT", "8000", "SERVER_ADDRESS", "127.0.0.1");

	/** Spring Boot derives two settings from each endpoint, and documents them itself. */
	private static final String ENDPOINT = "management.endpoint.";

	private static final Pattern EXAMPLE = Pattern.compile("(?m)^#?([A-Z][A-Z0-9_]+)=(.*)$");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z][A-Z0-9_]+)` \\| ([^|]*) \\|");

	private static final Pattern EXPLAINED_EXAMPLE = Pattern.compile("(?m)((?:^# .*\n)+)^#?([A-Z][A-Z0-9_]+)=");

	private static final Pattern EXPLAINED_ROW = Pattern
		.compile("(?m)^\\| `([A-Z][A-Z0-9_]+)` \\| [^|]* \\| (.*) \\|$");

	private static Map<String, String> metadata;

	/** The descriptions of the settings records, which IDEs show. */
	private static Map<String, String> descriptions;

	@BeforeAll
	static void readMetadata() throws IOException {
		metadata = new TreeMap<>(SERVER);
		descriptions = new TreeMap<>();
		try (InputStream in = SettingsTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			for (JsonNode property : JsonMapper.shared().readTree(in).get("properties")) {
				if (property.get("name").asString().startsWith(ENDPOINT)) {
					continue;
				}
				assertThat(property.path("description").asString("")).as("description of %s", property).isNotBlank();
				metadata.put(variable(property.get("name").asString()), defaultOf(property));
				descriptions.put(variable(property.get("name").asString()), property.get("description").asString());
			}
		}
	}

	/**
	 * Returns the name with underscores. Spring Boot also accepts the name without them.
	 */
	private static String variable(String name) {
		return SHORT_NAMES.getOrDefault(name, name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT));
	}

	private static String defaultOf(JsonNode property) {
		return property.path("defaultValue").asString("").replace("java.util.Collections.emptyList()", "");
	}

	private static Map<String, String> matches(Pattern pattern, String file) throws IOException {
		return pattern.matcher(Files.readString(Path.of(file)))
			.results()
			.collect(Collectors.toMap((match) -> match.group(1), SettingsTests::value, (a, b) -> a, TreeMap::new));
	}

	private static String value(MatchResult match) {
		String value = match.group(2).strip().replace("`", "");
		return value.equals("none") ? "" : value;
	}

	@Test
	void theExampleShowsEverySettingWithItsDefault() throws IOException {
		assertThat(matches(EXAMPLE, ".env.example")).isEqualTo(metadata);
	}

	@Test
	void theListHasEverySettingWithItsDefault() throws IOException {
		assertThat(matches(ROW, "docs/settings.md")).isEqualTo(metadata);
	}

	@Test
	void theReadmeShowsSettingsAsTheListHasThem() throws IOException {
		assertThat(metadata).containsAllEntriesOf(matches(ROW, "README.md"));
	}

	private static Map<String, String> explained(String file) throws IOException {
		return EXPLAINED_ROW.matcher(Files.readString(Path.of(file)))
			.results()
			.collect(Collectors.toMap((row) -> row.group(1), (row) -> row.group(2).replace("`", ""), (a, b) -> a,
					TreeMap::new));
	}

	@Test
	void theListExplainsEachInTheWordsOfTheCode() throws IOException {
		Map<String, String> list = explained("docs/settings.md");
		list.keySet().removeAll(SERVER.keySet());
		assertThat(list).isEqualTo(descriptions);
	}

	@Test
	void theExampleExplainsEachInTheWordsOfTheList() throws IOException {
		Map<String, String> example = EXPLAINED_EXAMPLE.matcher(Files.readString(Path.of(".env.example")))
			.results()
			.collect(Collectors.toMap((found) -> found.group(2), (found) -> phrase(found.group(1)), (a, b) -> a,
					TreeMap::new));
		assertThat(example).isEqualTo(explained("docs/settings.md"));
	}

	/** Makes a phrase of the list of a commented sentence. */
	private static String phrase(String comment) {
		String sentence = comment.replaceAll("(?m)^# ", "").replace('\n', ' ').strip();
		assertThat(sentence).endsWith(".");
		return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1, sentence.length() - 1);
	}

	@Test
	void theReadmeExplainsEachInTheWordsOfTheList() throws IOException {
		assertThat(explained("docs/settings.md")).containsAllEntriesOf(explained("README.md"));
	}

	@Test
	void theEnvironmentSetsEachByTheNameInTheList() throws IOException {
		for (String name : names()) {
			assertThat(bound(name, variable(name))).as(name).isEqualTo("told");
		}
	}

	@Test
	void underscoresBetweenWordsMayBeLeftOut() throws IOException {
		for (String name : names()) {
			assertThat(bound(name, name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT))).as(name)
				.isEqualTo("told");
		}
	}

	/** Returns the settings that Spring Boot binds by their own names. */
	private static List<String> names() throws IOException {
		try (InputStream in = SettingsTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JsonMapper.shared()
				.readTree(in)
				.get("properties")
				.valueStream()
				.map((property) -> property.get("name").asString())
				.filter((name) -> !SHORT_NAMES.containsKey(name))
				.toList();
		}
	}

	private static String bound(String name, String variable) {
		SystemEnvironmentPropertySource environment = new SystemEnvironmentPropertySource("systemEnvironment",
				Map.of(variable, "told"));
		return new Binder(ConfigurationPropertySources.from(environment)).bind(name, String.class).orElse("");
	}

}
