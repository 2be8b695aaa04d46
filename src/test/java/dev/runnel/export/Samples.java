package dev.runnel.export;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.Usage;
import jakarta.validation.Validation;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.unit.DataSize;

/**
 * Conversations to put into files, and files to read.
 */
final class Samples {

	static final ImportSettings SETTINGS = new ImportSettings(DataSize.ofMegabytes(64), DataSize.ofMegabytes(512),
			10_000, 5000, 1_048_576, 16_777_216);

	static final JsonMapper MAPPER = JsonMapper.builder().build();

	static final Instant BEGUN = Instant.parse("2026-01-31T09:05:00Z");

	private Samples() {
	}

	static ConversationParser parser(ImportSettings settings) {
		return new ConversationParser(List.of(), Validation.buildDefaultValidatorFactory().getValidator(), settings);
	}

	static MessageId id(long number) {
		return new MessageId(new UUID(1, number));
	}

	static Message question(long id, long parent, String text) {
		return new Message(id(id), (parent > 0) ? id(parent) : null, Role.USER, text, BEGUN.plusSeconds(id), null);
	}

	static Message answer(long id, long parent, Answer answer) {
		return new Message(id(id), id(parent), Role.ASSISTANT, answer.content(), BEGUN.plusSeconds(id), answer);
	}

	static Answer answer(AnswerState state, String text, Source source) {
		return new Answer(state, text, "", source, "acme/chat-1", "Acme", FinishReason.STOP, null, null, null);
	}

	/** Two branches: the second question was edited; the newer branch is shown. */
	static ImportedConversation branched() {
		Answer whole = new Answer(AnswerState.COMPLETE, "Pour *hot* water.", "Tea, then.\n\nSimple.", Source.OPENROUTER,
				"acme/chat-1", "Acme", FinishReason.STOP, new Usage(12L, 5L, 2L, 0L, new BigDecimal("0.00002")),
				Duration.ofMillis(120), Duration.ofMillis(900));
		return conversation("Tea & <milk>",
				List.of(question(1, 0, "How is tea <made>?"), answer(2, 1, whole), question(3, 2, "And coffee?"),
						answer(4, 3, answer(AnswerState.FAILED, "", Source.OPENROUTER)), question(5, 2, "And *milk*?"),
						answer(6, 5, answer(AnswerState.STOPPED, "First\n\n```sh\nboil", Source.MOCK))));
	}

	static ImportedConversation conversation(String title, List<Message> messages) {
		return new ImportedConversation(title, false, false, BEGUN, BEGUN.plusSeconds(60),
				messages.isEmpty() ? null : messages.get(messages.size() - 1).id(), ConversationSettings.NONE,
				messages);
	}

	static ConversationHead head(ImportedConversation conversation) {
		return new ConversationHead(new ConversationId(UUID.randomUUID()), conversation.title(),
				conversation.titledByHand(), conversation.pinned(), conversation.createdAt(), conversation.updatedAt(),
				conversation.current(), conversation.settings());
	}

	/** The whole file, of the whole tree or the current branch. */
	static String write(ExportFormat format, ImportedConversation conversation) {
		ConversationWriter writer = format.write(head(conversation));
		Branch branch = new Branch();
		conversation.messages().forEach(branch::add);
		Set<MessageId> shown = branch.to(conversation.current());
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		file.writeBytes(writer.start());
		conversation.messages()
			.stream()
			.filter((message) -> format.wholeTree() || shown.contains(message.id()))
			.forEach((message) -> file.writeBytes(writer.message(message)));
		file.writeBytes(writer.end());
		return file.toString(StandardCharsets.UTF_8);
	}

	/** All that a JSON file holds. */
	static List<ImportItem> read(String json, ImportSettings settings) {
		return all(
				new JsonSource("", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), parser(settings)));
	}

	static List<ImportItem> all(ImportSource source) {
		List<ImportItem> items = new ArrayList<>();
		for (ImportItem item = source.next(); item != null; item = source.next()) {
			items.add(item);
		}
		return items;
	}

	/** The one conversation that a JSON file holds. */
	static ImportedConversation readOne(String json) {
		List<ImportItem> items = read(json, SETTINGS);
		if (items.size() == 1 && items.get(0) instanceof ImportItem.Found found) {
			return found.conversation();
		}
		throw new AssertionError("not one conversation: " + items);
	}

	/** Why the one conversation that a JSON file holds is refused. */
	static ImportItem.Refused refused(String json) {
		List<ImportItem> items = read(json, SETTINGS);
		if (items.size() == 1 && items.get(0) instanceof ImportItem.Refused refused) {
			return refused;
		}
		throw new AssertionError("not refused: " + items);
	}

}
