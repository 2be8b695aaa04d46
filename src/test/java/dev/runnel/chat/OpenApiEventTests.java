package dev.runnel.chat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.MessageId;
import dev.runnel.markdown.BlockPatch;
import dev.runnel.stream.StreamId;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.upstream.Usage;
import dev.runnel.web.ErrorCode;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/openapi.json} has every event and every field of each.
 */
class OpenApiEventTests {

	private static final List<BlockPatch> PATCHES = List.of(new BlockPatch(0, 0, "<p>a</p>\n"));

	private static final MessageId ID = new MessageId(UUID.randomUUID());

	/** Each event with all the fields that it can have. */
	private static List<ChatEvent> events() {
		Answer answer = new Answer(AnswerState.COMPLETE, "", "", Source.OPENROUTER, "acme/one", "Acme",
				FinishReason.STOP, new Usage(1L, 2L, 1L, 0L, BigDecimal.ONE), Duration.ofMillis(1),
				Duration.ofMillis(2), Duration.ofMillis(3), List.of(new Citation("https://a.example/", "A")));
		return List.of(
				new ChatEvent.Started(StreamId.random(), new ConversationId(UUID.randomUUID()), ID, ID,
						Origin.model("acme/one"), true, 2, "<p>q</p>\n"),
				new ChatEvent.Reasoning("a", PATCHES, Duration.ofSeconds(2)), new ChatEvent.Message("a", PATCHES),
				new ChatEvent.Picture(
						new Attachment(UUID.randomUUID(), "picture-1.png", "image/png", 9, null, 3, 2, false, 1)),
				new ChatEvent.Moved(ModelEvent.Moved.TO_REASONING, 0), new ChatEvent.Moved(ModelEvent.Moved.TO_TEXT, 1),
				new ChatEvent.Fallback(new UpstreamFailure(UpstreamFailure.Kind.UNAVAILABLE)),
				new ChatEvent.Completed(ID, answer), new ChatEvent.Failed(new ChatFailure(ErrorCode.INTERRUPTED, "a",
						true, HttpStatus.SERVICE_UNAVAILABLE, Duration.ofSeconds(1))));
	}

	private static Set<String> fields(ChatEvent event) {
		return new TreeSet<>(JsonMapper.shared().readTree(event.json()).propertyNames());
	}

	private static Set<String> union(Set<String> one, Set<String> other) {
		return Stream.concat(one.stream(), other.stream()).collect(Collectors.toCollection(TreeSet::new));
	}

	@Test
	void hasEveryEventWithItsFields() throws Exception {
		JsonNode described = JsonMapper.shared().readTree(Files.readString(Path.of("docs", "openapi.json")));
		JsonNode events = described
			.at("/paths/~1api~1chat~1stream/post/responses/200/content/text~1event-stream/schema/x-events");
		Map<String, Set<String>> sent = new TreeMap<>();
		events().forEach((event) -> sent.merge(event.name(), fields(event), OpenApiEventTests::union));
		Map<String, Set<String>> named = new TreeMap<>();
		events.properties()
			.forEach((event) -> named.put(event.getKey(),
					new TreeSet<>(described.at("/components/schemas/" + event.getValue().asString() + "/properties")
						.propertyNames())));
		assertThat(named).isEqualTo(sent);
	}

	@Test
	void noKindOfEventIsLeftOut() {
		assertThat(events().stream().<Class<?>>map(Object::getClass).collect(Collectors.toSet()))
			.containsExactlyInAnyOrder(ChatEvent.class.getPermittedSubclasses());
	}

}
