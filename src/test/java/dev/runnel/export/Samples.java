package dev.runnel.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.EmbeddedFiles;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.Usage;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.spring6.SpringWebFluxTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * Sample conversations to export.
 */
public final class Samples {

	public static final JsonMapper MAPPER = JsonMapper.builder().build();

	public static final Instant BEGUN = Instant.parse("2026-01-31T09:05:00Z");

	static final MessageSource MESSAGES = messages();

	static final ITemplateEngine TEMPLATES = templates();

	static final FileWords ENGLISH = new FileWords(MESSAGES, Locale.ENGLISH, null);

	private Samples() {
	}

	private static MessageSource messages() {
		ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
		messages.setBasename("messages");
		messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
		messages.setFallbackToSystemLocale(false);
		return messages;
	}

	private static ITemplateEngine templates() {
		ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
		resolver.setPrefix("templates/");
		resolver.setSuffix(".html");
		resolver.setCharacterEncoding(StandardCharsets.UTF_8.name());
		SpringWebFluxTemplateEngine templates = new SpringWebFluxTemplateEngine();
		templates.setTemplateResolver(resolver);
		templates.setTemplateEngineMessageSource(MESSAGES);
		return templates;
	}

	static HtmlFormat html() {
		return new HtmlFormat(TEMPLATES);
	}

	static Exports exports(Conversations conversations) {
		return new Exports(conversations, Samples::read, MAPPER, TEMPLATES, MESSAGES);
	}

	public static MessageId id(long number) {
		return new MessageId(new UUID(1, number));
	}

	public static Message question(long id, long parent, String text) {
		return new Message(id(id), (parent > 0) ? id(parent) : null, Role.USER, text, BEGUN.plusSeconds(id), null);
	}

	/** Returns a question with files. In an export, the content of each is its name. */
	public static Message question(long id, long parent, String text, List<Attachment> files) {
		return question(id, parent, text).with(files);
	}

	public static Message answer(long id, long parent, Answer answer) {
		return new Message(id(id), id(parent), Role.ASSISTANT, answer.content(), BEGUN.plusSeconds(id), answer);
	}

	public static Answer answer(AnswerState state, String text, Source source) {
		return new Answer(state, text, "", source, "acme/chat-1", "Acme", FinishReason.STOP, null, null, null);
	}

	/**
	 * Returns a conversation with two branches: the second question was edited, and the
	 * newer branch is shown.
	 */
	public static ImportedConversation branched() {
		Answer whole = new Answer(AnswerState.COMPLETE, "Pour *hot* water.", "Tea, then.\n\nSimple.", Source.OPENROUTER,
				"acme/chat-1", "Acme", FinishReason.STOP, new Usage(12L, 5L, 2L, 0L, new BigDecimal("0.00002")),
				Duration.ofMillis(120), Duration.ofMillis(900));
		return conversation("Tea & <milk>",
				List.of(question(1, 0, "How is tea <made>?"), answer(2, 1, whole), question(3, 2, "And coffee?"),
						answer(4, 3, answer(AnswerState.FAILED, "", Source.OPENROUTER)), question(5, 2, "And *milk*?"),
						answer(6, 5, answer(AnswerState.STOPPED, "First\n\n```sh\nboil", Source.MOCK))));
	}

	public static ImportedConversation conversation(String title, List<Message> messages) {
		return new ImportedConversation(title, false, false, BEGUN, BEGUN.plusSeconds(60),
				messages.isEmpty() ? null : messages.get(messages.size() - 1).id(), ConversationSettings.NONE, messages,
				"runnel:00000000-0000-7000-8000-000000000007");
	}

	static ConversationHead head(ImportedConversation conversation) {
		return new ConversationHead(new ConversationId(UUID.randomUUID()), conversation.title(),
				conversation.titledByHand(), conversation.pinned(), conversation.createdAt(), conversation.updatedAt(),
				conversation.current(), conversation.settings(), conversation.origin());
	}

	/** Returns the file in English. */
	static String write(ExportFormat format, ImportedConversation conversation) {
		return write(format, conversation, ENGLISH);
	}

	/**
	 * Returns the file with the whole tree or the current branch, depending on the
	 * format.
	 */
	static String write(ExportFormat format, ImportedConversation conversation, FileWords words) {
		ConversationWriter writer = format.write(head(conversation), words);
		BranchFilter branch = new BranchFilter();
		conversation.messages().forEach(branch::add);
		Set<MessageId> shown = branch.idsTo(conversation.current());
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		file.writeBytes(writer.start());
		conversation.messages()
			.stream()
			.filter((message) -> format.wholeTree() || shown.contains(message.id()))
			.forEach((message) -> append(file, writer.message(message)));
		append(file, writer.end());
		return file.toString(StandardCharsets.UTF_8);
	}

	private static void append(ByteArrayOutputStream file, EmbeddedFiles text) {
		text.pieces(Samples::read).doOnNext(file::writeBytes).blockLast(Duration.ofSeconds(10));
	}

	/** The content of a file is its name. */
	private static Flux<byte[]> read(Attachment file) {
		return Flux.just(file.name().getBytes(StandardCharsets.UTF_8));
	}

	/** Returns a conversation as a JSON file. */
	public static String json(ImportedConversation conversation) {
		return write(new JsonFormat(MAPPER), conversation);
	}

	/** Returns a zip of files, written like the export of all conversations. */
	public static byte[] zip(Map<String, String> files) throws IOException {
		ZipWriter writer = new ZipWriter();
		ByteArrayOutputStream zip = new ByteArrayOutputStream();
		for (Map.Entry<String, String> file : files.entrySet()) {
			zip.writeBytes(writer.startEntry(file.getKey(), Instant.EPOCH));
			zip.writeBytes(writer.write(file.getValue().getBytes(StandardCharsets.UTF_8)));
			zip.writeBytes(writer.endEntry());
		}
		zip.writeBytes(writer.end());
		return zip.toByteArray();
	}

}
