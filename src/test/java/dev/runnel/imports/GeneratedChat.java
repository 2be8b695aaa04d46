package dev.runnel.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A random conversation with branches, to be written in the form of any program.
 *
 * @param nodes the messages, each behind its parent, one branch after the other
 * @param current the index of the last message of the branch that is shown
 */
record GeneratedChat(List<Node> nodes, int current) {

	static final Instant BEGUN = Instant.parse("2026-01-31T09:05:00Z");

	private static final int MOST_NODES = 24;

	private static final String[] PIECES = { "a", "Zu", "茶", "🍵", "é", " ", "\n", "\n\n", "*b*", "`c`", "# ", "> ",
			"\"", "'", "\\", "<i>", "&amp;", "{}", "%s", "[x](y)" };

	static GeneratedChat of(Random random) {
		List<Node> nodes = new ArrayList<>();
		do {
			question(random, nodes, -1);
		}
		while (random.nextInt(4) == 0 && nodes.size() < MOST_NODES);
		return new GeneratedChat(nodes, random.nextInt(nodes.size()));
	}

	private static void question(Random random, List<Node> nodes, int parent) {
		int at = nodes.size();
		nodes.add(new Node(parent, true, text(random), "", time(at), null));
		int answers = random.nextInt(3);
		for (int i = 0; i < answers && nodes.size() < MOST_NODES; i++) {
			answer(random, nodes, at);
		}
	}

	private static void answer(Random random, List<Node> nodes, int parent) {
		int at = nodes.size();
		String reasoning = random.nextBoolean() ? text(random) : "";
		nodes.add(new Node(parent, false, text(random), reasoning, time(at), "model-" + random.nextInt(3)));
		int questions = random.nextInt(3);
		for (int i = 0; i < questions && nodes.size() < MOST_NODES; i++) {
			question(random, nodes, at);
		}
	}

	private static Instant time(int at) {
		return BEGUN.plusMillis(at * 1001L);
	}

	/** Returns a text that begins and ends with a letter. */
	private static String text(Random random) {
		StringBuilder text = new StringBuilder("t");
		IntStream.range(0, random.nextInt(12)).forEach((i) -> text.append(PIECES[random.nextInt(PIECES.length)]));
		return text.append('t').toString();
	}

	List<Integer> below(int parent) {
		return IntStream.range(0, this.nodes.size())
			.filter((i) -> this.nodes.get(i).parent() == parent)
			.boxed()
			.toList();
	}

	/** Describes the messages like {@link ChatGptTests#shape}. */
	List<String> shape() {
		return IntStream.range(0, this.nodes.size()).mapToObj((i) -> {
			Node node = this.nodes.get(i);
			return i + "<" + node.parent() + " " + (node.isUser() ? "user " : "assistant ") + node.text();
		}).toList();
	}

	/**
	 * A message.
	 *
	 * @param parent the index of the parent; -1 for none
	 * @param isUser whether it is a question
	 * @param text Markdown
	 * @param reasoning plain text; empty for none
	 * @param createdAt the time
	 * @param model the model of an answer; null for a question
	 */
	record Node(int parent, boolean isUser, String text, String reasoning, Instant createdAt, String model) {

		double seconds() {
			return this.createdAt.toEpochMilli() / 1000.0;
		}

	}

}
