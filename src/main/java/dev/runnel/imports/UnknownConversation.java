package dev.runnel.imports;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamContext;

/**
 * A conversation from a file, while its format is still unknown: Runnel's own or
 * ChatGPT's.
 */
final class UnknownConversation {

	private final OwnConversation own;

	private final ChatGptConversation chatGpt;

	private final ForeignExport foreign = new ForeignExport();

	private @Nullable RefusedException refused;

	/**
	 * Creates a reader for one conversation. Only one of its two readers counts anything:
	 * their fields have other names.
	 * @param settings the limits of an import
	 * @param limits counts the conversation
	 */
	UnknownConversation(ImportSettings settings, ImportLimits limits) {
		this.own = new OwnConversation(limits);
		this.chatGpt = new ChatGptConversation(settings, limits);
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
			this.own.read(json, name);
			this.chatGpt.read(json, name);
		}
		catch (RefusedException ex) {
			this.refused = (this.refused != null) ? this.refused : ex;
			JsonFields.skipTo(json, conversation);
		}
	}

	/**
	 * Returns the conversation.
	 * @param rules throws if an object breaks its validation annotations
	 * @return the conversation and the counts of what is left out
	 * @throws RefusedException if it is not a conversation or cannot be imported
	 */
	ConversationParser.Parsed end(Consumer<Object> rules) {
		this.foreign.refuse();
		if (this.refused != null) {
			throw this.refused;
		}
		if (this.own.hasFormat()) {
			return new ConversationParser.Parsed(this.own.toConversation(rules), new Omissions());
		}
		if (this.chatGpt.hasMapping()) {
			return new ConversationParser.Parsed(this.chatGpt.toConversation(), this.chatGpt.omissions());
		}
		throw new RefusedException("is neither a conversation of Runnel nor one of ChatGPT");
	}

}
