package dev.runnel.imports;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.validation.Validation;

import dev.runnel.attachments.FileUploads;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.SettingsBody;
import dev.runnel.data.TemporaryFiles;
import dev.runnel.export.Samples;
import dev.runnel.memory.MemoryAccount;
import dev.runnel.memory.MemoryReservation;
import dev.runnel.memory.MemoryUse;
import dev.runnel.web.Caller;
import dev.runnel.web.ClientAddress;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Standing;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

/**
 * An import always ends with an answer, even after an error of the virtual machine, which
 * Reactor might otherwise not signal to any subscriber.
 */
class ImportsTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Caller CALLER = caller("v");

	private static final String FILE = Samples.json(Samples.branched());

	private final Conversations conversations = Mockito.mock(Conversations.class);

	private final FileUploads uploads = Mockito.mock(FileUploads.class);

	private final MemoryAccount memory = MemoryAccount.of(DataSize.ofMegabytes(4));

	@BeforeEach
	void knowNoConversation() {
		given(this.conversations.imported(any(), any())).willReturn(Mono.empty());
	}

	private static Caller caller(String visitor) {
		return new Caller(new Visitor(visitor), true, ClientAddress.of((InetSocketAddress) null), true,
				Standing.VISITOR);
	}

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

	private Imports imports(ConversationParser parser) {
		return new Imports(this.conversations, this.uploads, parser, TemporaryFiles.ofSystem(), this.memory,
				ImportSamples.SETTINGS);
	}

	private void expectEnd(ConversationParser parser, Error error) {
		StepVerifier.create(imports(parser).run(CALLER, body(), false))
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
		given(this.conversations.add(any(), any())).willThrow(error);
		expectEnd(ImportSamples.parser(ImportSamples.SETTINGS), error);
	}

	@Test
	void anUploadThatTakesTooLongIsGivenUpAndDeleted(@TempDir Path data) throws IOException {
		ImportSettings hasty = new ImportSettings(DataSize.ofMegabytes(1), Duration.ofMillis(300),
				DataSize.ofMegabytes(1), 10, 10, 1000, 1000);
		Flux<DataBuffer> slow = Flux.interval(Duration.ofMillis(20))
			.onBackpressureDrop()
			.map((tick) -> DefaultDataBufferFactory.sharedInstance.wrap(new byte[] { ' ' }));
		Imports imports = new Imports(this.conversations, this.uploads, ImportSamples.parser(hasty),
				TemporaryFiles.in(data, Duration.ZERO), this.memory, hasty);
		StepVerifier.create(imports.run(CALLER, slow, false))
			.expectErrorMatches((ex) -> String.valueOf(ex.getMessage()).contains("did not arrive in time"))
			.verify(LIMIT);
		assertThat(data.resolve("tmp")).isEmptyDirectory();
	}

	@Test
	void anUploadThatIsCancelledAtItsBeginningLeavesNoFile(@TempDir Path data) throws IOException {
		Imports imports = new Imports(this.conversations, this.uploads, ImportSamples.parser(ImportSamples.SETTINGS),
				TemporaryFiles.in(data, Duration.ZERO), this.memory, ImportSamples.SETTINGS);
		for (int i = 0; i < 1000; i++) {
			Disposable upload = imports.run(caller("v" + i), Flux.never(), false).subscribe();
			IntStream.range(0, i * 10).forEach((spin) -> Thread.onSpinWait());
			upload.dispose();
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(data.resolve("tmp")).isEmptyDirectory());
	}

	@Test
	void slowUploadsLeaveThePlacesToCompleteFiles() {
		given(this.conversations.add(any(), any())).willReturn(Mono.just(new ConversationId(new UUID(0, 1))));
		given(this.conversations.flush()).willReturn(Mono.empty());
		Imports imports = imports(ImportSamples.parser(ImportSamples.SETTINGS));
		List<Disposable> slow = IntStream.range(0, 5)
			.mapToObj((i) -> imports.run(caller("slow" + i), Flux.never(), false).subscribe())
			.toList();
		StepVerifier.create(imports.run(CALLER, body(), false))
			.assertNext((result) -> assertThat(result.getImported()).hasSize(1))
			.expectComplete()
			.verify(LIMIT);
		slow.forEach(Disposable::dispose);
	}

	@Test
	void uploadsOfOneAddressTakeAPartOfTheDisk() {
		given(this.conversations.flush()).willReturn(Mono.empty());
		ImportSettings small = new ImportSettings(DataSize.ofBytes(1000), Duration.ofMinutes(5),
				DataSize.ofMegabytes(1), 10, 10, 1000, 1000);
		Imports imports = new Imports(this.conversations, this.uploads, ImportSamples.parser(small),
				TemporaryFiles.ofSystem(), this.memory, small);
		Flux<DataBuffer> stalled = Flux.just(buffer(1000)).concatWith(Flux.never());
		List<Disposable> slow = Stream.of("a", "b")
			.map((visitor) -> imports.run(caller(visitor), stalled, false).subscribe())
			.toList();
		Mono<ImportResult> another = imports.run(CALLER, Flux.defer(() -> Flux.just(buffer(10))), false);
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> expectStatus(another, 503));
		slow.forEach(Disposable::dispose);
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> expectStatus(another, 400));
	}

	private static DataBuffer buffer(int bytes) {
		return DefaultDataBufferFactory.sharedInstance.wrap(" ".repeat(bytes).getBytes(StandardCharsets.UTF_8));
	}

	private static void expectStatus(Mono<?> refused, int status) {
		StepVerifier.create(refused)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ProblemException.class,
					(problem) -> assertThat(problem.getStatusCode().value()).isEqualTo(status)))
			.verify(LIMIT);
	}

	@Test
	void anImportWithoutMemoryIsRefusedForAWhile() {
		Imports imports = imports(ImportSamples.parser(ImportSamples.SETTINGS));
		MemoryReservation others = this.memory.count(MemoryUse.RUNNING_STREAMS, this.memory.max() * 3 / 4 - 1_048_600);
		expectUnavailable(imports);
		others.set(this.memory.max());
		expectUnavailable(imports);
		assertThat(this.memory.used()).isEqualTo(this.memory.max());
	}

	private void expectUnavailable(Imports imports) {
		given(this.conversations.flush()).willReturn(Mono.empty());
		StepVerifier.create(imports.run(CALLER, body(), false))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ProblemException.class, (problem) -> {
				assertThat(problem.getStatusCode().value()).isEqualTo(503);
				assertThat(problem.getHeaders().getFirst("Retry-After")).isNotNull();
			}))
			.verify(LIMIT);
	}

	@Test
	void anImportGivesItsMemoryBack() {
		given(this.conversations.add(any(), any())).willReturn(Mono.fromCallable(() -> {
			assertThat(this.memory.used()).isGreaterThan(1024 * 1024);
			return new ConversationId(new UUID(0, 1));
		}));
		given(this.conversations.flush()).willReturn(Mono.empty());
		StepVerifier.create(imports(ImportSamples.parser(ImportSamples.SETTINGS)).run(CALLER, body(), false))
			.assertNext((result) -> assertThat(result.getImported()).hasSize(1))
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.memory.used()).isZero();
	}

}
