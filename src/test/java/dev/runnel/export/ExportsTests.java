package dev.runnel.export;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipInputStream;

import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationChange;
import dev.runnel.conversation.ConversationFilter;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationLength;
import dev.runnel.conversation.ConversationPage;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.SearchPage;
import dev.runnel.upstream.Source;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that an export reads only as fast as its client, and holds in memory only what
 * it currently writes.
 */
@Tag("one-jdk")
class ExportsTests {

	private static final Visitor VISITOR = new Visitor("v");

	private static final Duration LIMIT = Duration.ofSeconds(60);

	/** Ten thousand conversations with 20 incompressible answers each. */
	private final EndlessLibrary conversations = new EndlessLibrary(10_000, 20);

	private final Exports exports = Samples.exports(this.conversations);

	@Test
	void aReaderThatTakesLittlePullsLittle() {
		StepVerifier.create(this.exports.writeAll(VISITOR), 1)
			.expectNextCount(1)
			.thenRequest(2)
			.expectNextCount(2)
			.thenCancel()
			.verify(LIMIT);
		// Three pieces of at least 16 KiB, and the data still in the compressor.
		assertThat(this.conversations.heads).hasValueLessThanOrEqualTo(5);
		assertThat(this.conversations.messages).hasValueLessThanOrEqualTo(100);
	}

	@Test
	void noPieceIsLargeAndNothingIsLeftOut() {
		EndlessLibrary some = new EndlessLibrary(200, 20);
		List<Integer> sizes = new ArrayList<>();
		StepVerifier.create(Samples.exports(some).writeAll(VISITOR).doOnNext((piece) -> sizes.add(piece.length)).then())
			.expectComplete()
			.verify(LIMIT);
		assertThat(some.heads).hasValue(200);
		assertThat(some.messages).hasValue(200 * 20);
		assertThat(sizes).allMatch((size) -> size <= 64 * 1024);
		assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isGreaterThan(4_000_000);
	}

	/** Repeats many times, because the race needs two threads to meet at one moment. */
	@Test
	void nothingIsLostBetweenThreads() {
		for (int round = 0; round < 150; round++) {
			EndlessLibrary some = new EndlessLibrary(60, 3);
			some.isApart = true;
			StepVerifier.create(Samples.exports(some).writeAll(VISITOR).publishOn(Schedulers.single(), 1).then())
				.expectComplete()
				.verify(LIMIT);
		}
	}

	/** A file for people needs the branch first, for which the messages are read once. */
	@ParameterizedTest
	@CsvSource({ "json,0", "html,1", "markdown,1", "text,1" })
	void oneConversationIsWrittenAsItIsRead(String format, int readsBefore) {
		int turns = 2_000;
		EndlessLibrary one = new EndlessLibrary(1, turns);
		Exports exports = Samples.exports(one);
		ConversationHead head = Samples.head(Samples.conversation("T", List.of(Samples.question(turns, 0, "last"))));
		StepVerifier.create(exports.write(VISITOR, head, exports.format(format), Locale.ENGLISH, null), 1)
			.expectNextCount(1)
			.thenRequest(3)
			.expectNextCount(3)
			.thenCancel()
			.verify(LIMIT);
		assertThat(one.messages).hasValueBetween(readsBefore * turns + 3, readsBefore * turns + 20);
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "html", "markdown", "text" })
	void eachMessageIsAPieceOfItsOwn(String format) {
		int turns = 2_000;
		Exports exports = Samples.exports(new EndlessLibrary(1, turns));
		ConversationHead head = Samples.head(Samples.conversation("T", List.of(Samples.question(turns, 0, "last"))));
		List<Integer> sizes = new ArrayList<>();
		StepVerifier
			.create(exports.write(VISITOR, head, exports.format(format), Locale.ENGLISH, null)
				.doOnNext((piece) -> sizes.add(piece.length))
				.then())
			.expectComplete()
			.verify(LIMIT);
		assertThat(sizes).hasSize(turns + 2);
		assertThat(sizes.subList(1, turns + 1)).allMatch((size) -> size > 2_000 && size < 4_000);
	}

	@Test
	void zipLeavesOutConversationsDeletedMeanwhile() throws IOException {
		EndlessLibrary some = new EndlessLibrary(5, 3);
		some.gone.addAll(List.of(0, 3));
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		StepVerifier.create(Samples.exports(some).writeAll(VISITOR).doOnNext(file::writeBytes).then())
			.expectComplete()
			.verify(LIMIT);
		List<String> titles = new ArrayList<>();
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file.toByteArray()))) {
			while (zip.getNextEntry() != null) {
				titles.add(Samples.MAPPER.readTree(zip.readAllBytes()).get("title").asString());
			}
		}
		assertThat(titles).containsExactly("Conversation 1", "Conversation 2", "Conversation 4");
	}

	@Test
	void otherFailuresAreErrorsOfTheZip() {
		EndlessLibrary some = new EndlessLibrary(5, 3);
		some.gone.add(2);
		some.failure = new IllegalStateException("no database");
		StepVerifier.create(Samples.exports(some).writeAll(VISITOR).then())
			.expectErrorMessage("no database")
			.verify(LIMIT);
	}

	/** Creates conversations on demand and counts them. */
	private static final class EndlessLibrary implements Conversations {

		private final AtomicInteger heads = new AtomicInteger();

		private final Map<ConversationId, Integer> places = new ConcurrentHashMap<>();

		private final AtomicInteger messages = new AtomicInteger();

		/**
		 * The indexes of the conversations that are deleted after their heads are read.
		 */
		private final Set<Integer> gone = new HashSet<>();

		/** Whether messages arrive on another thread, as from a database. */
		private boolean isApart;

		private Throwable failure = ProblemException.notFound("conversation");

		private final int conversations;

		private final int turns;

		EndlessLibrary(int conversations, int turns) {
			this.conversations = conversations;
			this.turns = turns;
		}

		@Override
		public Flux<ConversationHead> all(Visitor visitor) {
			return Flux.range(0, this.conversations).map((i) -> {
				this.heads.incrementAndGet();
				ConversationHead head = Samples.head(Samples.conversation("Conversation " + i, List.of()));
				this.places.put(head.id(), i);
				return head;
			});
		}

		@Override
		public Mono<ConversationLength> length(Visitor visitor, ConversationId id) {
			return Mono.just(new ConversationLength(0, 0));
		}

		@Override
		public Mono<ConversationLength> length(Visitor visitor) {
			return Mono.just(new ConversationLength(0, 0));
		}

		@Override
		public Flux<Message> messages(Visitor visitor, ConversationId id) {
			if (this.gone.contains(this.places.getOrDefault(id, -1))) {
				return Flux.error(this.failure);
			}
			Flux<Message> made = Flux.range(1, this.turns).map((i) -> {
				this.messages.incrementAndGet();
				return Samples.answer(i, i - 1, Samples.answer(AnswerState.COMPLETE, noise(), Source.OPENROUTER));
			});
			return this.isApart ? made.publishOn(Schedulers.parallel(), 1) : made;
		}

		private static String noise() {
			StringBuilder text = new StringBuilder();
			for (int i = 0; i < 60; i++) {
				text.append(UUID.randomUUID()).append(' ');
			}
			return text.toString();
		}

		@Override
		public Mono<ConversationPage> list(Visitor visitor, ConversationFilter filter, String cursor, int limit) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Mono<SearchPage> search(Visitor visitor, String query, String cursor, int limit) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Mono<ConversationHead> head(Visitor visitor, ConversationId id) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Mono<ConversationHead> change(Visitor visitor, ConversationId id, ConversationChange change) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Mono<Boolean> lacksTitle(Visitor visitor, ConversationId id, MessageId answer) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Mono<Boolean> suggestTitle(Visitor visitor, ConversationId id, String title) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Mono<Void> delete(Visitor visitor, ConversationId id) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Mono<ConversationHead> imported(Visitor visitor, String origin) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Mono<ConversationId> add(Visitor visitor, ImportedConversation conversation) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Mono<Void> flush() {
			throw new UnsupportedOperationException();
		}

	}

}
