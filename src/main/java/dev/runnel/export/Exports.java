package dev.runnel.export;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.Message;
import dev.runnel.upstream.AttachmentReader;
import dev.runnel.upstream.EmbeddedFiles;
import dev.runnel.web.ProblemException;
import dev.runnel.web.RenderingThreads;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import org.thymeleaf.ITemplateEngine;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Writes conversations to files. Back-pressure applies: messages are read from storage
 * only as fast as the client receives the file.
 */
@Component
final class Exports {

	/**
	 * How many messages to prefetch. Messages can be long, so only one.
	 */
	private static final int AHEAD = 1;

	private final Conversations conversations;

	private final AttachmentReader attachments;

	private final MessageSource messages;

	private final JsonFormat json;

	private final List<ExportFormat> formats;

	Exports(Conversations conversations, AttachmentReader attachments, JsonMapper mapper, ITemplateEngine templates,
			MessageSource messages) {
		this.conversations = conversations;
		this.attachments = (file) -> whatIsLeft(attachments.read(file));
		this.messages = messages;
		this.json = new JsonFormat(mapper);
		this.formats = List.of(new MarkdownFormat(), this.json, new HtmlFormat(templates), new TextFormat());
	}

	/**
	 * Ends a file that is deleted while it is written. The text around it stays readable.
	 */
	private static Flux<byte[]> whatIsLeft(Flux<byte[]> file) {
		return file.onErrorResume(ProblemException::isNotFound, (gone) -> Flux.empty());
	}

	/**
	 * Finds a format by its name.
	 * @param name the value of the request parameter {@code format}
	 * @return the format
	 * @throws ProblemException if there is no such format
	 */
	ExportFormat format(String name) {
		return this.formats.stream()
			.filter((format) -> format.name().equals(name))
			.findFirst()
			.orElseThrow(() -> ProblemException.field("format", "must be markdown, json, html or text"));
	}

	/**
	 * Writes a conversation.
	 * @param visitor the owner
	 * @param head the conversation
	 * @param format the file format
	 * @param locale the language of the phrases in a file for people
	 * @param zone the time zone of the times in such a file; null if unknown
	 * @return the file in pieces
	 */
	Flux<byte[]> write(Visitor visitor, ConversationHead head, ExportFormat format, Locale locale,
			@Nullable ZoneId zone) {
		return Flux.defer(() -> {
			Flux<Message> messages = format.wholeTree() ? this.conversations.messages(visitor, head.id())
					: branch(visitor, head);
			return write(format.write(head, new FileWords(this.messages, locale, zone)), messages);
		});
	}

	private Flux<byte[]> write(ConversationWriter writer, Flux<Message> messages) {
		return Flux.concat(Mono.fromCallable(writer::start),
				messages.concatMap(
						(message) -> RenderingThreads.stored(() -> writer.message(message)).flatMapMany(this::pieces),
						AHEAD),
				Mono.fromCallable(writer::end).flatMapMany(this::pieces));
	}

	private Flux<byte[]> pieces(EmbeddedFiles text) {
		return text.pieces(this.attachments);
	}

	/**
	 * Reads the messages twice: first their parents, to find the branch, then the
	 * messages of the branch. So the texts are never in memory all at once.
	 */
	private Flux<Message> branch(Visitor visitor, ConversationHead head) {
		return this.conversations.messages(visitor, head.id())
			.collect(BranchFilter::new, BranchFilter::add)
			.map((branch) -> branch.idsTo(head.current()))
			.flatMapMany((ids) -> this.conversations.messages(visitor, head.id())
				.filter((message) -> ids.contains(message.id())));
	}

	/**
	 * Writes all conversations of a visitor into one zip. Each conversation is a JSON
	 * file with all branches. A conversation deleted during the export is left out.
	 * @param visitor the owner
	 * @return the zip in pieces
	 */
	Flux<byte[]> writeAll(Visitor visitor) {
		return Flux.defer(() -> {
			ZipWriter zip = new ZipWriter();
			FileNames names = new FileNames();
			return this.conversations.all(visitor)
				.concatMap((head) -> entry(zip, names, visitor, head), 1)
				.concatWith(Mono.fromCallable(zip::end))
				.filter((piece) -> piece.length > 0);
		});
	}

	/**
	 * Writes one conversation as an entry of the zip. switchOnFirst() is not used to test
	 * for a deleted conversation, because Reactor 3.8.8 emits the first message in the
	 * requesting thread. The next message may arrive in another thread at the same
	 * moment, and concatMap() then drops a message.
	 */
	private Flux<byte[]> entry(ZipWriter zip, FileNames names, Visitor visitor, ConversationHead head) {
		return Flux.defer(() -> {
			ZippedConversation entry = new ZippedConversation(zip, () -> names.of(head, this.json.extension()),
					head.updatedAt(), this.json.write(head), this.attachments);
			return this.conversations.messages(visitor, head.id())
				.publishOn(Schedulers.boundedElastic(), AHEAD)
				.concatMap(entry::message, AHEAD)
				.concatWith(entry.end())
				.onErrorResume(ProblemException::isNotFound, (gone) -> Flux.empty());
		});
	}

}
