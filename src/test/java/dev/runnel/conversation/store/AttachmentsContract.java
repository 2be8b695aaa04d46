package dev.runnel.conversation.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.NewAttachment;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.SearchHit;
import dev.runnel.conversation.Turn;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Prompt;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of attachments for every place where their bytes are kept.
 */
@Timeout(120)
abstract class AttachmentsContract {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	/** New visitors for each test, so that tests can share a database. */
	private final Visitor ann = new Visitor("ann-" + UUID.randomUUID());

	private final Visitor bob = new Visitor("bob-" + UUID.randomUUID());

	@TempDir
	private Path folder;

	abstract Storage storage();

	private StoredAttachments attachments() {
		return storage().bean(StoredAttachments.class);
	}

	/** Bytes that no other test has. */
	private static byte[] bytes(int size) {
		byte[] bytes = new byte[size];
		new Random().nextBytes(bytes);
		return bytes;
	}

	private NewAttachment file(byte[] bytes) {
		try {
			Path content = Files.write(Files.createTempFile(this.folder, "upload", null), bytes);
			return new NewAttachment(content, hash(bytes), "map \uD83D\uDDFA.png", "image/png", bytes.length, null, 40,
					30, null, 2);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static String hash(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new AssertionError(ex);
		}
	}

	private Attachment add(byte[] bytes) {
		return Storage.get(attachments().add(this.ann, file(bytes)));
	}

	private byte[] read(Attachment file) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		Storage.all(attachments().read(file)).forEach(all::writeBytes);
		return all.toByteArray();
	}

	private static void refused(Mono<?> mono, String code) {
		StepVerifier.create(mono)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ProblemException.class,
					(problem) -> assertThat(problem.code()).isEqualTo(code)))
			.verify(Storage.LIMIT);
	}

	private Turn ask(@Nullable ConversationId conversation, @Nullable MessageId parent, boolean temporary,
			@Nullable List<Attachment> files) {
		return Storage.get(storage().turns()
			.begin(this.ann, new Question(conversation, parent, "What is this?", temporary, files),
					Storage.plan(100_000)));
	}

	private Turn ask(Attachment... files) {
		return ask(null, null, false, List.of(files));
	}

	private void answer(Turn turn) {
		Storage.done(storage().turns()
			.end(turn,
					Answer.begun(Storage.ASKED)
						.followedBy(List.of(new AnswerDelta("A map.", "")))
						.withState(AnswerState.COMPLETE)));
	}

	private List<Message> messages(Turn turn) {
		return Storage.all(storage().conversations().messages(this.ann, turn.conversation()));
	}

	private void delete(Turn turn) {
		Storage.done(storage().conversations().delete(this.ann, turn.conversation()));
	}

	private long contents(byte[] bytes) {
		return Storage.get(storage().bean(Database.class)
			.read((client) -> client
				.sql("select cast(count(*) as bigint) as n from attachment_content where hash = :hash")
				.bind("hash", hash(bytes))
				.map((row) -> Rows.size(row, "n"))
				.all())
			.next());
	}

	@Test
	void aFileComesBackAsItWas() {
		byte[] bytes = bytes(2 * AttachmentContents.PIECE_BYTES + 17);
		Attachment file = add(bytes);
		assertThat(read(file)).isEqualTo(bytes);
		assertThat(read(file)).isEqualTo(bytes);
		assertThat(Storage.get(attachments().get(this.ann, file.id()))).isEqualTo(file)
			.isEqualTo(new Attachment(file.id(), "map \uD83D\uDDFA.png", "image/png", bytes.length, null, 40, 30, false,
					2));
		assertThat(Storage.get(attachments().find(this.ann, List.of(file.id(), file.id())))).containsExactly(file);
	}

	@Test
	void theTextOfAFileIsKeptBesideIt() {
		byte[] bytes = "So it is.".getBytes(StandardCharsets.UTF_8);
		NewAttachment plain = file(bytes);
		Attachment file = Storage.get(attachments().add(this.ann, new NewAttachment(plain.content(), plain.hash(),
				"so.txt", "text/plain", 9, null, null, null, "So it is.", 3)));
		assertThat(file.hasText()).isTrue();
		assertThat(Storage.get(attachments().text(file))).isEqualTo("So it is.");
		StepVerifier.create(attachments().text(add(bytes(10)))).expectComplete().verify(Storage.LIMIT);
	}

	@Test
	void equalBytesAreStoredOnce() {
		byte[] bytes = bytes(1000);
		Attachment one = add(bytes);
		Attachment other = add(bytes);
		assertThat(one.id()).isNotEqualTo(other.id());
		assertThat(contents(bytes)).isEqualTo(1);
		Storage.done(attachments().discard(this.ann, one.id()));
		assertThat(read(other)).isEqualTo(bytes);
		Storage.done(attachments().discard(this.ann, other.id()));
		assertThat(contents(bytes)).isZero();
	}

	@Test
	void manyStoreTheSameBytesAtOnce() {
		byte[] bytes = bytes(5000);
		List<Attachment> files = Storage
			.all(Flux.range(0, 8).flatMap((i) -> attachments().add(this.ann, file(bytes)), 8));
		assertThat(contents(bytes)).isEqualTo(1);
		assertThat(files).hasSize(8).allSatisfy((file) -> assertThat(read(file)).isEqualTo(bytes));
	}

	@Test
	void aVisitorSeesOnlyItsOwnFiles() {
		Attachment file = add(bytes(10));
		refused(attachments().get(this.bob, file.id()), "not_found");
		refused(attachments().find(this.bob, List.of(file.id())), "invalid_request");
		refused(attachments().discard(this.bob, file.id()), "not_found");
		refused(storage().turns()
			.begin(this.bob, new Question(null, null, "Mine?", false, List.of(file)), Storage.plan(100)),
				"invalid_request");
		assertThat(Storage.get(attachments().get(this.ann, file.id()))).isEqualTo(file);
	}

	@Test
	void aQuestionHasItsFilesForEver() {
		Attachment map = add(bytes(10));
		Attachment key = add(bytes(20));
		Turn turn = ask(map, key);
		answer(turn);
		assertThat(turn.attachments()).containsExactly(map, key);
		assertThat(messages(turn).stream().map(Message::attachments).toList())
			.isEqualTo(List.of(List.of(map, key), List.of()));
		Turn next = ask(turn.conversation(), null, false, null);
		assertThat(next.attachments()).isEmpty();
		assertThat(next.history().stream().map(Prompt.Message::attachments).toList())
			.isEqualTo(List.of(List.of(map, key), List.of()));
		Storage.done(attachments().discard(this.ann, map.id()));
		Storage.done(attachments().deleteUnasked(Instant.now().plusSeconds(60)));
		assertThat(read(map)).hasSize(10);
	}

	@Test
	void aQuestionThatIsAskedAgainKeepsItsFiles() {
		Attachment map = add(bytes(10));
		Turn turn = ask(map);
		answer(turn);
		Turn again = ask(turn.conversation(), turn.questionId(), false, null);
		assertThat(again.questionId()).isEqualTo(turn.questionId());
		assertThat(again.attachments()).containsExactly(map);
		answer(again);
		Turn same = ask(turn.conversation(), turn.questionId(), false, List.of(map));
		assertThat(same.questionId()).isEqualTo(turn.questionId());
		answer(same);
		Turn other = ask(turn.conversation(), turn.questionId(), false, List.of());
		assertThat(other.questionId()).isNotEqualTo(turn.questionId());
		assertThat(other.attachments()).isEmpty();
	}

	@Test
	void filesTakeRoomInTheContext() {
		Attachment large = Storage.get(attachments().add(this.ann, large()));
		Turn turn = ask(large);
		answer(turn);
		Turn next = Storage.get(storage().turns()
			.begin(this.ann, new Question(turn.conversation(), null, "And?", false), Storage.plan(1000)));
		assertThat(next.history()).isEmpty();
		assertThat(next.omitted()).isEqualTo(2);
	}

	private NewAttachment large() {
		NewAttachment small = file(bytes(10));
		return new NewAttachment(small.content(), small.hash(), small.name(), small.type(), 10, null, 4000, 3000, null,
				1600);
	}

	@Test
	void aTemporaryQuestionHasItsFiles() {
		Attachment map = add(bytes(10));
		Turn turn = ask(null, null, true, List.of(map));
		answer(turn);
		Turn next = ask(turn.conversation(), null, true, null);
		assertThat(next.history().stream().map(Prompt.Message::attachments).toList())
			.isEqualTo(List.of(List.of(map), List.of()));
	}

	@Test
	void aFileIsDeletedWithItsLastConversation() {
		byte[] bytes = bytes(100);
		Attachment map = add(bytes);
		Turn one = ask(map);
		Turn other = ask(map);
		delete(one);
		assertThat(read(map)).isEqualTo(bytes);
		delete(other);
		refused(attachments().get(this.ann, map.id()), "not_found");
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(contents(bytes)).isZero());
		refused(attachments().read(map).then(), "not_found");
	}

	@Test
	void aFileThatNoQuestionHasIsDeletedAfterAWhile() {
		byte[] bytes = bytes(100);
		Attachment file = add(bytes);
		Storage.done(attachments().deleteUnasked(Instant.now().minusSeconds(60)));
		assertThat(read(file)).isEqualTo(bytes);
		Storage.done(attachments().deleteUnasked(Instant.now().plusSeconds(60)));
		Storage.done(attachments().deleteUnusedContents());
		assertThat(contents(bytes)).isZero();
		refused(storage().turns()
			.begin(this.ann, new Question(null, null, "Gone?", false, List.of(file)), Storage.plan(100)),
				"invalid_request");
	}

	@Test
	void theNamesAndTheTextsOfFilesAreFound() {
		NewAttachment plain = file(bytes(20));
		Attachment notes = Storage.get(attachments().add(this.ann, new NewAttachment(plain.content(), plain.hash(),
				"notes-okapi.txt", "text/plain", 20, null, null, null, "A giraffe in Zanzibar.", 6)));
		Turn turn = ask(notes);
		answer(turn);
		for (String query : List.of("zanzibar", "okapi", "giraffe zanz")) {
			Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
				List<SearchHit> hits = Storage.get(storage().conversations().search(this.ann, query, null, 10)).hits();
				assertThat(hits).singleElement().returns(turn.questionId(), SearchHit::message);
				assertThat(hits.get(0).snippet()).anyMatch(SearchHit.Snippet::hit);
			});
		}
	}

	@Test
	void filesCountForTheirOwner() {
		StorageQuota quota = new StorageQuota(storage().bean(Database.class), storage().bean(ConversationCounts.class),
				DataSize.ofTerabytes(1), DataSize.ofKilobytes(10));
		StoredAttachments small = new StoredAttachments(storage().bean(Database.class),
				storage().bean(AttachmentContents.class), quota, storage().bean(Visits.class), Clock.systemUTC());
		Attachment first = Storage.get(small.add(this.ann, file(bytes(6000))));
		refused(small.add(this.ann, file(bytes(6000))), "storage_full");
		Storage.done(small.discard(this.ann, first.id()));
		assertThat(Storage.get(small.add(this.ann, file(bytes(6000)))).size()).isEqualTo(6000);
	}

	@Test
	void filesGoToAnotherOwnerWithTheConversations() {
		byte[] bytes = bytes(30);
		Attachment map = add(bytes);
		answer(ask(map));
		Storage.done(storage().libraries().handOver(this.ann, this.bob));
		assertThat(Storage.get(attachments().get(this.bob, map.id()))).isEqualTo(map);
		Attachment unasked = Storage.get(attachments().add(this.bob, file(bytes(31))));
		Storage.done(storage().libraries().deleteAll(this.bob));
		for (Attachment file : Arrays.asList(map, unasked)) {
			refused(attachments().get(this.bob, file.id()), "not_found");
		}
	}

}
