package dev.runnel.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A reader's view of a stream: its events, and the HTML that its patches produce.
 */
final class SseTranscript {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final List<Event> events = new ArrayList<>();

	private final List<String> blocks = new ArrayList<>();

	private final List<String> thoughtBlocks = new ArrayList<>();

	/** The content as a reader has it, without what was moved away. */
	private final StringBuilder said = new StringBuilder();

	/** The reasoning as a reader has it, with what was moved. */
	private final StringBuilder thought = new StringBuilder();

	/** Reads complete events. An incomplete event at the end is ignored. */
	SseTranscript read(String text) {
		for (int from = 0, end; (end = text.indexOf("\n\n", from)) >= 0; from = end + 2) {
			String frame = text.substring(from, end);
			if (!frame.startsWith(":")) {
				add(frame);
			}
		}
		return this;
	}

	static SseTranscript of(String text) {
		return new SseTranscript().read(text);
	}

	/** Another reader that has seen the same events. */
	SseTranscript copy() {
		SseTranscript same = new SseTranscript();
		same.events.addAll(this.events);
		same.blocks.addAll(this.blocks);
		same.thoughtBlocks.addAll(this.thoughtBlocks);
		same.said.append(this.said);
		same.thought.append(this.thought);
		return same;
	}

	private void add(String frame) {
		Event event = Event.of(frame);
		this.events.add(event);
		if (event.name.equals("moved")) {
			move(event.data);
		}
		this.said.append(event.data.path("content").asString(""));
		this.thought.append(event.data.path("reasoning").asString(""));
		event.data.path("patches").forEach((patch) -> apply(patch, this.blocks));
		event.data.path("reasoningPatches").forEach((patch) -> apply(patch, this.thoughtBlocks));
	}

	private void move(JsonNode moved) {
		if (moved.get("to").asString().equals("reasoning")) {
			this.blocks.clear();
			this.thought.append(this.said);
			this.said.setLength(0);
		}
		else {
			this.thoughtBlocks.clear();
			this.thought.setLength(this.thought.length() - moved.get("chars").asInt());
		}
	}

	/** Applies a patch as a browser does. */
	private static void apply(JsonNode patch, List<String> blocks) {
		int block = patch.get("block").asInt();
		while (blocks.size() <= block) {
			blocks.add("");
		}
		String kept = blocks.get(block).substring(0, patch.get("keep").asInt());
		blocks.set(block, kept + patch.get("html").asString());
	}

	List<Event> events() {
		return this.events;
	}

	List<String> names() {
		return this.events.stream().map(Event::name).toList();
	}

	List<Event> named(String name) {
		return this.events.stream().filter((event) -> event.name.equals(name)).toList();
	}

	Event last() {
		return this.events.get(this.events.size() - 1);
	}

	long lastId() {
		return this.events.isEmpty() ? 0 : last().id;
	}

	String content() {
		return join("message", "content");
	}

	String reasoning() {
		return join("reasoning", "reasoning");
	}

	private String join(String name, String field) {
		return named(name).stream().map((event) -> event.data.get(field).asString()).collect(Collectors.joining());
	}

	String html() {
		return String.join("", this.blocks);
	}

	/** The content as a reader has it in the end. */
	String said() {
		return this.said.toString();
	}

	/** The reasoning as a reader has it in the end. */
	String thought() {
		return this.thought.toString();
	}

	String thoughtHtml() {
		return String.join("", this.thoughtBlocks);
	}

	boolean idsCountFromOne() {
		return IntStream.range(0, this.events.size()).allMatch((i) -> this.events.get(i).id == i + 1);
	}

	/**
	 * One event.
	 */
	record Event(long id, String name, JsonNode data) {

		static Event of(String frame) {
			String[] lines = frame.split("\n");
			return new Event(Long.parseLong(value(lines[0], "id: ")), value(lines[1], "event: "),
					JSON.readTree(value(lines[2], "data: ")));
		}

		private static String value(String line, String field) {
			if (!line.startsWith(field)) {
				throw new AssertionError("expected a line '" + field + "…', but got '" + line + "'");
			}
			return line.substring(field.length());
		}

	}

}
