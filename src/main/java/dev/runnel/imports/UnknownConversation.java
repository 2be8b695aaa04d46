package dev.runnel.imports;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamContext;

/**
 * A conversation from a file, while its format is still unknown: Runnel's own or that of
 * another program.
 */
final class UnknownConversation {

	private final OwnConversation own;

	private final LibreChatConversation libreChat;

	private final List<ForeignReader> readers;

	private final ForeignExport foreign = new ForeignExport();

	private @Nullable RefusedException refused;

	/**
	 * Creates a reader for one conversation. Only one of its readers counts anything:
	 * their fields have other names.
	 * @param settings the limits of an import
	 * @param limits counts the conversation
	 * @param files keeps the attached files
	 */
	UnknownConversation(ImportSettings settings, ImportLimits limits, ImportedFiles files) {
		this.own = new OwnConversation(limits, files);
		this.libreChat = new LibreChatConversation(settings, limits);
		this.readers = List.of(this.libreChat, new ClaudeConversation(settings, limits),
				new OpenWebUiConversation(settings, limits), new ChatGptConversation(settings, limits));
	}

	/**
	 * Reads a field. A refusal is kept until the end, because the field may belong to
	 * another program, which then gives a better reason.
	 * @param json the parser, at the value of the field
	 * @param name the name of the field
	 * @param conversation the conversation, in which to continue after a refusal
	 */
	void read(JsonParser json, String name, TokenStreamContext conversation) {
		this.foreign.read(json, name);
		try {
			readField(json, name);
		}
		catch (RefusedException ex) {
			this.refused = (this.refused != null) ? this.refused : ex;
			JsonFields.skipTo(json, conversation);
		}
	}

	/** LibreChat's field {@code messages} has the name of Runnel's own. */
	private void readField(JsonParser json, String name) {
		if (!this.libreChat.isRecognised()) {
			this.own.read(json, name);
		}
		this.readers.forEach((reader) -> reader.read(json, name));
	}

	/**
	 * Returns the conversation.
	 * @param rules throws if an object breaks its validation annotations
	 * @return the conversation and the counts of the parts that are left out
	 * @throws RefusedException if it is not a conversation or cannot be imported
	 */
	ConversationParser.Parsed end(Consumer<Object> rules) {
		this.foreign.refuse();
		if (this.refused != null) {
			throw this.refused;
		}
		if (this.own.hasFormat()) {
			return new ConversationParser.Parsed(this.own.toConversation(rules), new Omissions(), this.own.files());
		}
		return this.readers.stream()
			.filter(ForeignReader::isRecognised)
			.findFirst()
			.orElseThrow(() -> new RefusedException("is not a conversation that Runnel can read", Cause.UNKNOWN))
			.toParsed();
	}

}
