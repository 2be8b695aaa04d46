package dev.runnel.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.runnel.conversation.Message;

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

	private boolean begun;

	/**
	 * Creates the writer of one conversation.
	 * @param zip the zip
	 * @param name supplies the file name when the entry is opened
	 * @param changed the modification time of the conversation
	 * @param file writes the content of the file
	 */
	ZippedConversation(ZipWriter zip, Supplier<String> name, Instant changed, ConversationWriter file) {
		this.zip = zip;
		this.name = name;
		this.changed = changed;
		this.file = file;
	}

	/**
	 * Writes the next message.
	 * @param message the message
	 * @return pieces to send, in order
	 */
	List<byte[]> message(Message message) {
		List<byte[]> pieces = begin();
		pieces.add(this.zip.write(this.file.message(message)));
		return pieces;
	}

	/**
	 * Ends the file.
	 * @return pieces to send, in order
	 */
	List<byte[]> end() {
		List<byte[]> pieces = begin();
		pieces.add(this.zip.write(this.file.end()));
		pieces.add(this.zip.endEntry());
		return pieces;
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
