package dev.runnel.imports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import jakarta.validation.Validation;

import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.SettingsBody;
import dev.runnel.export.Samples;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

/**
 * An import always ends with an answer, even after an error of the virtual machine, which
 * Reactor might otherwise not signal to any subscriber.
 */
class ImportsTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Visitor VISITOR = new Visitor("v");

	private static final String FILE = Samples.json(Samples.branched());

	private final Conversations library = Mockito.mock(Conversations.class);

	private static Flux<DataBuffer> body() {
		return Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(FILE.getBytes(StandardCharsets.UTF_8)));
	}

	private static ConversationParser failing(Error error) {
		SimpleModule module = new SimpleModule().addDeserializer(SettingsBody.class,
				new StdDeserializer<>(SettingsBody.class) {

					@Override
					public SettingsBody deserialize(JsonParser json, DeserializationContext context) {
						throw error;
					}

				});
		return new ConversationParser(List.of((builder) -> builder.addModule(module)),
				Validation.buildDefaultValidatorFactory().getValidator(), ImportSamples.SETTINGS);
	}

	private void expectEnd(ConversationParser parser, Error error) {
		StepVerifier.create(new Imports(this.library, parser, ImportSamples.SETTINGS).run(VISITOR, body(), false))
			.expectErrorMatches((ex) -> ex instanceof IllegalStateException && ex.getCause() == error)
			.verify(LIMIT);
	}

	@Test
	void anErrorWhileReadingEndsTheImport() {
		Error error = new OutOfMemoryError("for a test");
		expectEnd(failing(error), error);
	}

	@Test
	void anErrorWhileKeepingEndsTheImport() {
		Error error = new StackOverflowError("for a test");
		given(this.library.add(any(), any())).willThrow(error);
		expectEnd(ImportSamples.parser(ImportSamples.SETTINGS), error);
	}

}
