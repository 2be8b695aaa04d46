package dev.runnel.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.runnel.conversation.Message;

/**
 * Writes one conversation into a zip. Its file begins with the first that is known of it:
 * of one that is not there any more nothing is. Used by one thread at a time.
 */
final class ZippedConversation {

	private final ZipWriter zip;

	private final Supplier<String> name;

	private final Instant changed;

	private final ConversationWriter file;

	private boolean begun;

	/**
	 * Creates it.
	 * @param name gives the file's name, asked for when it begins
	 * @param changed when the conversation was last changed
	 * @param file writes what is in the file
	 */
	ZippedConversation(ZipWriter zip, Supplier<String> name, Instant changed, ConversationWriter file) {
		this.zip = zip;
		this.name = name;
		this.changed = changed;
		this.file = file;
	}

	/**
	 * The next message.
	 * @return what there is to send, in order
	 */
	List<byte[]> message(Message message) {
		List<byte[]> pieces = begin();
		pieces.add(this.zip.write(this.file.message(message)));
		return pieces;
	}

	/**
	 * The file's end.
	 * @return what there is to send, in order
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
