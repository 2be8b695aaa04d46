package dev.runnel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The codes and the reasons in {@code docs/protocol.md} are those of the code.
 */
class ProtocolTests {

	private static final Pattern CODES = Pattern.compile("(?s)Codes, in problems and in events: (.*?)\\.\n");

	private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

	private static final Pattern REASONS = Pattern.compile("(?s)Reasons, in problems: (.*?)\\.\n");

	@Test
	void namesEveryCode() throws IOException {
		assertThat(named(CODES)).isEqualTo(names(ErrorCode.values(), ErrorCode::code));
	}

	@Test
	void namesEveryReason() throws IOException {
		assertThat(named(REASONS)).isEqualTo(names(Reason.values(), Reason::wireName));
	}

	private static Set<String> named(Pattern place) throws IOException {
		Matcher list = place.matcher(Files.readString(Path.of("docs", "protocol.md")));
		assertThat(list.find()).isTrue();
		return CODE.matcher(list.group(1))
			.results()
			.map((code) -> code.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static <T> Set<String> names(T[] values, Function<T, String> name) {
		return Arrays.stream(values).map(name).collect(Collectors.toCollection(TreeSet::new));
	}

}
