package dev.runnel;

import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A {@code .env} file is read as people expect.
 */
class DotEnvTests {

	static Stream<Arguments> entries() {
		return Stream.of(Arguments.of("KEY=sk-1", "sk-1"), Arguments.of("  export KEY = sk-1  ", "sk-1"),
				Arguments.of("\uFEFFKEY=sk-1", "sk-1"), Arguments.of("KEY=sk-1\r\n", "sk-1"),
				Arguments.of("KEY=sk-1 # the key", "sk-1"), Arguments.of("KEY=sk-1\t# the key", "sk-1"),
				Arguments.of("KEY=sk#1", "sk#1"), Arguments.of("KEY=#1", "#1"), Arguments.of("KEY= # none", ""),
				Arguments.of("KEY=", ""), Arguments.of("KEY='sk-1'", "sk-1"), Arguments.of("KEY='a # b' # c", "a # b"),
				Arguments.of("KEY='C:\\new \"x\"'", "C:\\new \"x\""), Arguments.of("KEY=\"sk-1\"# c", "sk-1"),
				Arguments.of("KEY=\"a \\\"b\\\" \\n \\\\ \\$ \\d\"", "a \"b\" \n \\ $ \\d"),
				Arguments.of("KEY=\"a\nb\"\nX=1", "a\nb"), Arguments.of("KEY=It's mine", "It's mine"),
				Arguments.of("KEY=Grüße, 日本語", "Grüße, 日本語"), Arguments.of("KEY=a=b", "a=b"),
				Arguments.of("# a note\n\n \nKEY=1\n#KEY=2", "1"), Arguments.of("KEY=1\nKEY=2", "2"));
	}

	@ParameterizedTest
	@MethodSource("entries")
	void isReadAsPeopleWriteIt(String text, String value) {
		assertThat(DotEnv.parse(text)).containsEntry("KEY", value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "sk-secret", "KEY: sk-secret", "KEY=\"sk-secret", "KEY='sk-secret' x", "=sk-secret" })
	void aLineThatIsNoEntryIsNamedAndNotRepeated(String line) {
		assertThatIllegalArgumentException().isThrownBy(() -> DotEnv.parse("A=1\n\n" + line))
			.withMessage("RUNNEL_ENV_FILE (or .env) names a file whose line 3 is not NAME=value");
	}

}
