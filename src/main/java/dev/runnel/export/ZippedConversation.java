package dev.runnel.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.runnel.conversation.Message;
import dev.runnel.upstream.AttachmentReader;
import dev.runnel.upstream.EmbeddedFiles;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Writes one conversation into a zip. The zip entry is opened with the first message or
 * the end, so a conversation deleted meanwhile leaves no empty entry. Only one thread at
 * a time may use it.
 */
final class ZippedConversation {

	private final ZipWriter zip;

	private final Supplier<String> name;

	private final Instant changed;

	private final ConversationWriter file;

	private final AttachmentReader attachments;

	private boolean begun;

	/**
	 * Creates the writer of one conversation.
	 * @param zip the zip
	 * @param name supplies the file name when the entry is opened
	 * @param changed the modification time of the conversation
	 * @param file writes the content of the file
	 * @param attachments reads the attached files
	 */
	ZippedConversation(ZipWriter zip, Supplier<String> name, Instant changed, ConversationWriter file,
			AttachmentReader attachments) {
		this.zip = zip;
		this.name = name;
		this.changed = changed;
		this.file = file;
		this.attachments = attachments;
	}

	/**
	 * Writes the next message.
	 * @param message the message
	 * @return pieces to send, in order
	 */
	Flux<byte[]> message(Message message) {
		return write(() -> this.file.message(message));
	}

	/**
	 * Ends the file.
	 * @return pieces to send, in order
	 */
	Flux<byte[]> end() {
		return write(this.file::end).concatWith(Mono.fromSupplier(this.zip::endEntry));
	}

	private Flux<byte[]> write(Supplier<EmbeddedFiles> text) {
		return Flux.defer(() -> Flux.fromIterable(begin()).concatWith(pieces(text.get()).map(this.zip::write)));
	}

	/** Files come from a thread that has other things to do than to compress them. */
	private Flux<byte[]> pieces(EmbeddedFiles text) {
		Flux<byte[]> pieces = text.pieces(this.attachments);
		return text.files().isEmpty() ? pieces : pieces.publishOn(Schedulers.boundedElastic(), 1);
	}

	private List<byte[]> begin() {
		List<byte[]> pieces = new ArrayList<>();
		if (!this.begun) {
			this.begun = true;
			pieces.add(this.zip.startEntry(this.name.get(), this.changed));
			pieces.add(this.zip.write(this.file.start()));
		}
		return pieces;
	}

}
