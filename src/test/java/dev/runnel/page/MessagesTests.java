package dev.runnel.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files of the texts that people read: each text once, in the same order in every
 * language, and none that nothing shows.
 */
class MessagesTests {

	private static final Path RESOURCES = Path.of("src/main/resources");

	/** A text in a template, by its whole key. */
	private static final Pattern USED = Pattern.compile("#\\{([A-Za-z][\\w.]*)");

	/** The end of a key that only some languages have. */
	private static final Pattern PLURAL = Pattern.compile("\\.(zero|one|two|few|many|other)$");

	private static final Pattern PARAMETER = Pattern.compile("\\{\\d}");

	@ParameterizedTest
	@EnumSource(Language.class)
	void everyLanguageHasEachTextOnce(Language language) throws IOException {
		assertThat(keys(language)).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@EnumSource(Language.class)
	void everyLanguageHasTheTextsInTheSameOrder(Language language) throws IOException {
		assertThat(names(language)).isEqualTo(names(Language.ENGLISH));
	}

	@Test
	void everyTextIsShownSomewhere() throws IOException {
		String code = sources(Path.of("src/main/java")) + sources(RESOURCES.resolve("templates"));
		String scripts = sources(RESOURCES.resolve("static/js"));
		assertThat(names(Language.ENGLISH)).isNotEmpty()
			.allMatch((name) -> mentions(code, name)
					|| (name.startsWith("script.") && mentionsForScripts(scripts, name.substring(7))));
	}

	@Test
	void everyTextOfATemplateExists() throws IOException {
		assertThat(USED.matcher(sources(RESOURCES.resolve("templates"))).results().map((used) -> used.group(1)))
			.isNotEmpty()
			.isSubsetOf(names(Language.ENGLISH));
	}

	/**
	 * The details of these are about the request itself, so no other sentence says as
	 * much.
	 */
	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE,
			names = { "INVALID_REQUEST", "PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE" })
	void thePageHasATextForEachProblem(ErrorCode code) throws IOException {
		String name = switch (code) {
			case UNAUTHENTICATED -> "sign_in";
			case FORBIDDEN -> "not_allowed";
			default -> code.code();
		};
		assertThat(names(Language.ENGLISH)).contains("script.problems." + name);
	}

	@ParameterizedTest
	@EnumSource(Language.class)
	void eachReasonOfARefusalHasATextWithItsParameters(Language language) {
		ResourceBundle bundle = ResourceBundle.getBundle("messages", language.locale());
		assertThat(Reason.values()).allSatisfy((reason) -> {
			String key = "script.reasons." + reason.wireName();
			assertThat(bundle.containsKey(key)).as(key).isTrue();
			assertThat(parameters(bundle.getString(key))).as(key).isEqualTo(parameters(reason.sentence()));
		});
	}

	private static Set<String> parameters(String text) {
		return PARAMETER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
	}

	private static boolean mentions(String code, String name) {
		return code.contains(name) || code.contains(family(name) + "'") || code.contains(family(name) + "\"");
	}

	/**
	 * Returns whether scripts use a text, by its name or with all texts of its family.
	 */
	private static boolean mentionsForScripts(String scripts, String name) {
		String family = "texts." + family(name).replaceFirst("\\.$", "");
		return Stream
			.of("texts." + name + "\\b", "'" + Pattern.quote(name) + "'", "bundle\\." + name + "\\b",
					Pattern.quote(family) + "(\\[|;|\\)|\\?)", "\\{[^}]*\\b" + name + "\\b[^}]*\\} = texts")
			.anyMatch((use) -> Pattern.compile(use).matcher(scripts).find());
	}

	/** The name without its last part: its final dot stays. */
	private static String family(String name) {
		return name.substring(0, name.lastIndexOf('.') + 1);
	}

	private static List<String> names(Language language) throws IOException {
		return keys(language).stream().map((key) -> PLURAL.matcher(key).replaceFirst("")).distinct().toList();
	}

	private static List<String> keys(Language language) throws IOException {
		String suffix = (language == Language.ENGLISH) ? "" : "_" + language.tag();
		try (Stream<String> lines = Files.lines(RESOURCES.resolve("messages" + suffix + ".properties"))) {
			return lines.filter((line) -> !line.startsWith("#") && line.contains("="))
				.map((line) -> line.substring(0, line.indexOf('=')))
				.toList();
		}
	}

	private static String sources(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile).map(MessagesTests::text).collect(Collectors.joining("\n"));
		}
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
