package dev.runnel.stream;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LogEntryTests {

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r", "\r\n", "a\nid: 7", "a\n\nevent: complete\n" })
	void aLineBreakCannotForgeAField(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> new LogEntry(1, TestEvent.of(text)));
		assertThatIllegalArgumentException().isThrownBy(() -> new LogEntry(1, new Named(text)));
	}

	private record Named(String name) implements StreamEvent {

		@Override
		public byte[] json() {
			return "{}".getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public boolean terminal() {
			return false;
		}

	}

}
