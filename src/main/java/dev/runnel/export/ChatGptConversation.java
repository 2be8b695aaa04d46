package dev.runnel.export;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.ImportedConversation;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A conversation of ChatGPT's export ({@code conversations.json}), while it is read: a
 * {@code mapping} of ids to nodes, each with a message or without, and the
 * {@code current_node}. The form is not documented by its maker; what is not known is
 * skipped.
 */
final class ChatGptConversation {

	/** Of these many are no messages that somebody saw. */
	private static final int NODES_A_MESSAGE = 4;

	private final ImportSettings settings;

	private final ImportRoom room;

	private final Map<String, ChatGptNode> nodes = new LinkedHashMap<>();

	private final Clock clock = Clock.systemUTC();

	private @Nullable String title;

	private @Nullable Double createTime;

	private @Nullable Double updateTime;

	private @Nullable String currentNode;

	private boolean mapped;

	ChatGptConversation(ImportSettings settings) {
		this.settings = settings;
		this.room = new ImportRoom(settings);
	}

	/**
	 * Reads a field.
	 * @param json stands at its value
	 * @param name its name
	 */
	void read(JsonParser json, String name) {
		switch (name) {
			case "title" -> this.title = JsonFields.textOrNull(json);
			case "create_time" -> this.createTime = JsonFields.numberOrNull(json);
			case "update_time" -> this.updateTime = JsonFields.numberOrNull(json);
			case "current_node" -> this.currentNode = JsonFields.textOrNull(json);
			case "mapping" -> {
				this.mapped = true;
				JsonFields.each(json, (id) -> readNode(json, id));
			}
			default -> {
				// Runnel's own, or nobody's.
			}
		}
	}

	private void readNode(JsonParser json, String id) {
		if (this.nodes.size() >= (long) NODES_A_MESSAGE * this.settings.maxMessages()) {
			throw RefusedException.tooLarge("has too many nodes");
		}
		ChatGptNode node = new ChatGptNode(this.room);
		JsonFields.each(json, (name) -> node.read(json, name));
		this.nodes.put(id, node);
	}

	/**
	 * Whether this is a conversation of ChatGPT's.
	 * @return true if it has a mapping
	 */
	boolean isOne() {
		return this.mapped;
	}

	/**
	 * What was read.
	 * @return the conversation
	 * @throws RefusedException if it may not be taken
	 */
	ImportedConversation toConversation() {
		Instant created = Trusted.time(this.createTime, this.clock.instant());
		ImportedTree tree = new ImportedTree();
		ChatGptTree visible = new ChatGptTree(this.nodes, tree, created, new ImportRoom(this.settings));
		visible.addAll();
		if (tree.messages().isEmpty()) {
			throw new RefusedException("has no messages");
		}
		return new ImportedConversation(tree.title(this.title), false, false, created,
				Trusted.time(this.updateTime, created), tree.end(visible.number(this.currentNode)),
				ConversationSettings.NONE, tree.messages());
	}

}
