package dev.runnel.imports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import dev.runnel.attachments.FileUploads;
import dev.runnel.conversation.Message;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Role;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores the attached files of a conversation before the conversation. A file that is
 * refused is left out.
 *
 * @param uploads checks and stores files
 */
record AttachedImport(FileUploads uploads) {

	/**
	 * Stores the files of a conversation.
	 * @param <T> the type of the result
	 * @param visitor the owner
	 * @param found the conversation
	 * @param work stores the conversation, whose messages then have the stored files
	 * @return the result; the files are deleted again if that fails
	 */
	<T> Mono<T> with(Visitor visitor, ImportItem.Found found, Function<ImportItem.Found, Mono<T>> work) {
		return found.files().isEmpty() ? work.apply(found) : Mono.defer(() -> {
			Map<UUID, Attachment> stored = new LinkedHashMap<>();
			return Flux.fromIterable(found.files())
				.concatMap((file) -> store(visitor, file).doOnNext((it) -> stored.put(file.attachment().id(), it)), 1)
				.then(Mono.defer(() -> work.apply(replaced(found, stored))))
				.onErrorResume((ex) -> discard(visitor, stored).then(Mono.error(ex)));
		});
	}

	private Mono<Attachment> store(Visitor visitor, ImportedFile file) {
		return this.uploads.add(visitor, file.content(), file.attachment().name())
			.onErrorResume(AttachedImport::isRefused, (ex) -> Mono.empty());
	}

	private static boolean isRefused(Throwable ex) {
		return ex instanceof ProblemException problem && problem.getStatusCode().is4xxClientError();
	}

	private Mono<Void> discard(Visitor visitor, Map<UUID, Attachment> stored) {
		return Flux.fromIterable(stored.values()).concatMap((file) -> this.uploads.discard(visitor, file)).then();
	}

	private static ImportItem.Found replaced(ImportItem.Found found, Map<UUID, Attachment> stored) {
		found.omissions().add(Omission.FILE, found.files().size() - stored.size());
		List<Message> messages = found.conversation()
			.messages()
			.stream()
			.map((message) -> message.attachments().isEmpty() ? message : message.with(stored(message, stored)))
			.toList();
		return new ImportItem.Found(found.where(), found.conversation().with(messages), found.omissions(), List.of());
	}

	/** An answer has pictures only. */
	private static List<Attachment> stored(Message message, Map<UUID, Attachment> stored) {
		return message.attachments()
			.stream()
			.map((file) -> stored.get(file.id()))
			.filter((file) -> file != null && (message.role() == Role.USER || file.isPicture()))
			.toList();
	}

}
