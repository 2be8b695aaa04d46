package dev.runnel.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.export.Samples;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.springframework.web.util.HtmlUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random conversations in the form of each program are imported as they were.
 */
class GeneratedChatTests {

	private static final String CLAUDE_ROOT = "00000000-0000-4000-8000-000000000000";

	private static final String LIBRE_CHAT_ROOT = "00000000-0000-0000-0000-000000000000";

	private static String id(int index) {
		return "m" + index;
	}

	private static String id(int index, String root) {
		return (index < 0) ? root : id(index);
	}

	private static Map<String, Object> map(Object... namesAndValues) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			map.put((String) namesAndValues[i], namesAndValues[i + 1]);
		}
		return map;
	}

	private static List<String> children(GeneratedChat chat, int index) {
		return chat.below(index).stream().map(GeneratedChatTests::id).toList();
	}

	private static ImportedConversation imported(Object file) {
		return ImportSamples.readOne(Samples.MAPPER.writeValueAsString(file));
	}

	private static void assertEqual(ImportedConversation read, GeneratedChat chat) {
		assertThat(ChatGptTests.shape(read)).isEqualTo(chat.shape());
		assertThat(read.messages()).extracting(Message::createdAt)
			.isEqualTo(chat.nodes().stream().map(GeneratedChat.Node::createdAt).toList());
		assertThat(read.title()).isEqualTo("Generated");
	}

	private static void assertModels(ImportedConversation read, GeneratedChat chat) {
		for (int i = 0; i < chat.nodes().size(); i++) {
			if (!chat.nodes().get(i).isUser()) {
				assertThat(read.messages().get(i).answer().model()).isEqualTo(chat.nodes().get(i).model());
			}
		}
	}

	private static void assertReasoning(ImportedConversation read, GeneratedChat chat) {
		for (int i = 0; i < chat.nodes().size(); i++) {
			if (!chat.nodes().get(i).isUser()) {
				assertThat(read.messages().get(i).answer().reasoning()).isEqualTo(chat.nodes().get(i).reasoning());
			}
		}
	}

	/** Checks that the end of the branch that is shown stands at or below a message. */
	private static void assertShows(ImportedConversation read, int index) {
		Map<MessageId, Message> byId = read.messages().stream().collect(Collectors.toMap(Message::id, (it) -> it));
		List<MessageId> branch = new ArrayList<>();
		for (Message at = byId.get(read.current()); at != null; at = byId.get(at.parent())) {
			branch.add(at.id());
		}
		assertThat(branch).contains(read.messages().get(index).id());
	}

	@Property(tries = 1000)
	void ofChatGpt(@ForAll long seed) {
		GeneratedChat chat = GeneratedChat.of(new Random(seed));
		Map<String, Object> mapping = map("root",
				map("id", "root", "parent", null, "children", children(chat, -1), "message", null));
		for (int i = 0; i < chat.nodes().size(); i++) {
			GeneratedChat.Node node = chat.nodes().get(i);
			mapping.put(id(i), map("id", id(i), "parent", id(node.parent(), "root"), "children", children(chat, i),
					"message",
					map("id", id(i), "author", map("role", node.isUser() ? "user" : "assistant"), "create_time",
							node.seconds(), "content", map("content_type", "text", "parts", List.of(node.text())),
							"status", "finished_successfully", "metadata",
							(node.model() != null) ? map("model_slug", node.model()) : map())));
		}
		ImportedConversation read = imported(List.of(map("title", "Generated", "create_time", 1, "update_time", 2,
				"mapping", mapping, "current_node", id(chat.current()), "conversation_id", "c")));
		assertEqual(read, chat);
		assertModels(read, chat);
		assertShows(read, chat.current());
		assertThat(read.origin()).isEqualTo("chatgpt:c");
	}

	@Property(tries = 1000)
	void ofClaude(@ForAll long seed) {
		GeneratedChat chat = GeneratedChat.of(new Random(seed));
		List<Object> messages = new ArrayList<>();
		for (int i = 0; i < chat.nodes().size(); i++) {
			GeneratedChat.Node node = chat.nodes().get(i);
			List<Object> content = new ArrayList<>();
			if (!node.reasoning().isEmpty()) {
				content.add(map("type", "thinking", "thinking", node.reasoning()));
			}
			content.add(map("type", "text", "text", node.text(), "citations", List.of()));
			messages.add(map("uuid", id(i), "text", node.text(), "content", content, "sender",
					node.isUser() ? "human" : "assistant", "created_at", node.createdAt().toString(), "attachments",
					List.of(), "files", List.of(), "parent_message_uuid", id(node.parent(), CLAUDE_ROOT)));
		}
		ImportedConversation read = imported(List.of(map("uuid", "c", "name", "Generated", "created_at",
				"2026-01-31T09:05:00Z", "chat_messages", messages, "current_leaf_message_uuid", id(chat.current()))));
		assertEqual(read, chat);
		assertReasoning(read, chat);
		assertShows(read, chat.current());
		assertThat(read.origin()).isEqualTo("claude:c");
	}

	@Property(tries = 1000)
	void ofOpenWebUi(@ForAll long seed) {
		GeneratedChat chat = GeneratedChat.of(new Random(seed));
		Map<String, Object> messages = new LinkedHashMap<>();
		for (int i = 0; i < chat.nodes().size(); i++) {
			GeneratedChat.Node node = chat.nodes().get(i);
			messages.put(id(i),
					map("id", id(i), "parentId", id(node.parent(), null), "childrenIds", children(chat, i), "role",
							node.isUser() ? "user" : "assistant", "content", folded(node.reasoning()) + node.text(),
							"model", node.model(), "timestamp", node.seconds()));
		}
		ImportedConversation read = imported(List.of(map("id", "c", "title", "Generated", "chat",
				map("title", "Generated", "models", List.of("model-0"), "history",
						map("messages", messages, "currentId", id(chat.current())), "messages", List.of()),
				"created_at", 1, "updated_at", 2)));
		assertEqual(read, chat);
		assertModels(read, chat);
		assertReasoning(read, chat);
		assertShows(read, chat.current());
		assertThat(read.origin()).isEqualTo("open-webui:c");
	}

	private static String folded(String reasoning) {
		return reasoning.isEmpty() ? ""
				: "<details type=\"reasoning\" done=\"true\" duration=\"1\">\n<summary>Thought for 1 second</summary>\n"
						+ HtmlUtils
							.htmlEscape(reasoning.lines().map((line) -> "> " + line).collect(Collectors.joining("\n")))
						+ "\n</details>\n";
	}

	@Property(tries = 1000)
	void ofLibreChat(@ForAll long seed) {
		GeneratedChat chat = GeneratedChat.of(new Random(seed));
		List<Object> list = new ArrayList<>();
		for (int i = 0; i < chat.nodes().size(); i++) {
			list.add(libreChat(chat, i));
		}
		List<Object> tree = new ArrayList<>();
		chat.below(-1).forEach((root) -> tree.add(withChildren(chat, root)));
		for (Map<String, Object> messages : List.of(map("recursive", false, "messages", list),
				map("recursive", true, "messages", tree), map("recursive", true, "messagesTree", tree))) {
			Map<String, Object> file = map("conversationId", "c", "endpoint", "openAI", "title", "Generated");
			file.putAll(messages);
			ImportedConversation read = imported(file);
			assertEqual(read, chat);
			assertModels(read, chat);
			assertReasoning(read, chat);
			assertThat(read.origin()).isEqualTo("librechat:c");
		}
	}

	private static Map<String, Object> libreChat(GeneratedChat chat, int index) {
		GeneratedChat.Node node = chat.nodes().get(index);
		Map<String, Object> message = map("messageId", id(index), "parentMessageId", id(node.parent(), LIBRE_CHAT_ROOT),
				"isCreatedByUser", node.isUser(), "sender", node.isUser() ? "User" : "GPT", "model", node.model(),
				"createdAt", node.createdAt().toString());
		if (node.reasoning().isEmpty()) {
			message.put("text", node.text());
		}
		else {
			message.put("text", "");
			message.put("content",
					List.of(map("type", "think", "think", node.reasoning()), map("type", "text", "text", node.text())));
		}
		return message;
	}

	private static Map<String, Object> withChildren(GeneratedChat chat, int index) {
		Map<String, Object> message = libreChat(chat, index);
		message.put("children", chat.below(index).stream().map((child) -> withChildren(chat, child)).toList());
		return message;
	}

}
