package dev.runnel.imports;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.runnel.RunnelProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The export of somebody who has used another program for years is imported within a
 * minute of the processor, whatever else the machine does, and a second import stores
 * nothing. The result is written to {@code target/many-chats.md}.
 */
@Tag("one-jdk")
class ManyChatsTests {

	private static final int CHATS = 2000;

	private static final int MESSAGES = 10;

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final String PARAGRAPH = "Tea is *steeped* for `three` minutes, and **not** longer.\n\n";

	@TempDir
	private Path folder;

	private static Map<String, Object> chat(int number) {
		Map<String, Object> mapping = new LinkedHashMap<>();
		mapping.put("0", Map.of("id", "0", "children", List.of("1")));
		for (int i = 1; i <= MESSAGES; i++) {
			Map<String, Object> message = Map.of("id", "" + i, "author",
					Map.of("role", (i % 2 == 1) ? "user" : "assistant"), "create_time",
					1_760_000_000 + number * 100 + i, "content",
					Map.of("content_type", "text", "parts", List.of(PARAGRAPH.repeat(i) + number)));
			List<String> children = (i < MESSAGES) ? List.of("" + (i + 1)) : List.of();
			mapping.put("" + i, Map.of("id", "" + i, "parent", "" + (i - 1), "children", children, "message", message));
		}
		return Map.of("title", "Tea " + number, "create_time", 1_760_000_000, "update_time", 1_760_000_000 + number,
				"mapping", mapping, "current_node", "" + MESSAGES, "conversation_id", "chat-" + number);
	}

	private static JsonNode send(RunnelProcess server, HttpClient visitor, byte[] file) throws Exception {
		HttpResponse<String> response = visitor.send(server.request("/api/conversations/import")
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofByteArray(file))
			.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
		return JsonMapper.shared().readTree(response.body());
	}

	@Test
	@Timeout(400)
	void twoThousandAreImportedWithinAMinuteAndMakeNoDoubles() throws Exception {
		List<Map<String, Object>> chats = new ArrayList<>();
		for (int i = 0; i < CHATS; i++) {
			chats.add(chat(i));
		}
		byte[] file = JsonMapper.shared().writeValueAsBytes(chats);
		try (RunnelProcess server = RunnelProcess.start(this.folder, "true")) {
			HttpClient visitor = RunnelProcess.visitor();
			Duration before = server.cpu();
			long begun = System.nanoTime();
			JsonNode first = send(server, visitor, file);
			Duration taken = Duration.ofNanos(System.nanoTime() - begun);
			Duration cpu = server.cpu().minus(before);
			Files.writeString(Path.of("target", "many-chats.md"),
					"%d chats with %d messages, %d bytes: %d ms, %d ms of the processor%n".formatted(CHATS,
							CHATS * MESSAGES, file.length, taken.toMillis(), cpu.toMillis()));
			assertThat(first.get("imported").size()).isEqualTo(CHATS);
			assertThat(cpu).isLessThan(MINUTE);
			JsonNode second = send(server, visitor, file);
			assertThat(second.get("known").size()).isEqualTo(CHATS);
			assertThat(second.get("imported").size()).isZero();
		}
	}

}
