package dev.runnel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.runnel.web.ErrorCode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The codes in {@code docs/protocol.md} are those of the code.
 */
class ProtocolTests {

	private static final Pattern CODES = Pattern.compile("(?s)Codes, in problems and in events: (.*?)\\.\n");

	private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

	@Test
	void namesEveryCode() throws IOException {
		Matcher list = CODES.matcher(Files.readString(Path.of("docs", "protocol.md")));
		assertThat(list.find()).isTrue();
		Set<String> named = CODE.matcher(list.group(1))
			.results()
			.map((code) -> code.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> used = Arrays.stream(ErrorCode.values())
			.map(ErrorCode::code)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(named).isEqualTo(used);
	}

}
