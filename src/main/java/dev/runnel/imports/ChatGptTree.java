package dev.runnel.imports;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.upstream.Source;
import org.jspecify.annotations.Nullable;

/**
 * Turns ChatGPT's nodes into alternating questions and answers. Invisible nodes are
 * skipped. Consecutive answers become one answer. Between two consecutive questions it
 * adds a failed answer, and before an answer without a question it adds a placeholder
 * question. The code never recurses, because the file decides how deep its tree is.
 */
final class ChatGptTree {

	private static final String PROVIDER = "ChatGPT";

	private static final String NO_QUESTION = "[The conversation began with an answer.]";

	private static final String CYCLE = "has messages whose parents form a cycle";

	private static final String BETWEEN = "\n\n";

	/** The parent id of nodes without a parent. */
	private static final String ROOT = "";

	private final Map<String, ChatGptNode> nodes;

	private final ImportedTree tree;

	private final Instant created;

	private final @Nullable String model;

	private final ImportLimits limits;

	/** The nearest visible ancestor of an invisible node. */
	private final Map<String, String> nearest = new HashMap<>();

	/** The visible children of a visible node, oldest version first. */
	private final Map<String, List<String>> below = new HashMap<>();

	/** The number of the message that contains the text of a node. */
	private final Map<String, Integer> numbers = new HashMap<>();

	private final Deque<Step> steps = new ArrayDeque<>();

	private int count;

	/**
	 * Creates the builder of an empty tree.
	 * @param nodes the nodes of a file, by id
	 * @param tree receives the messages
	 * @param created the time to use for messages without a time
	 * @param model the model to use for answers without one; null if unknown
	 * @param limits the limits of the conversation
	 */
	ChatGptTree(Map<String, ChatGptNode> nodes, ImportedTree tree, Instant created, @Nullable String model,
			ImportLimits limits) {
		this.nodes = nodes;
		this.tree = tree;
		this.created = created;
		this.model = model;
		this.limits = limits;
	}

	/**
	 * Adds all messages to the tree.
	 * @throws RefusedException if the nodes form a cycle or exceed a limit
	 */
	void addAll() {
		ChatGptOrder.of(this.nodes).forEach((id) -> {
			ChatGptNode node = node(id);
			if (node.isSeen()) {
				this.below.computeIfAbsent(seen(node.parent()), (parent) -> new ArrayList<>()).add(id);
			}
		});
		follow(ROOT, null, false, null);
		while (!this.steps.isEmpty()) {
			Step step = this.steps.pop();
			if (node(step.id).isUser()) {
				question(step);
			}
			else {
				answer(step);
			}
		}
		if (this.numbers.size() < this.below.values().stream().mapToInt(List::size).sum()) {
			throw new RefusedException(CYCLE);
		}
	}

	/** Returns the nearest visible node: the node itself or an ancestor. */
	private String seen(@Nullable String id) {
		Set<String> passed = new LinkedHashSet<>();
		String at = id;
		String found = null;
		while (found == null) {
			ChatGptNode node = (at != null) ? this.nodes.get(at) : null;
			if (at == null || node == null) {
				found = ROOT;
			}
			else if (node.isSeen()) {
				found = at;
			}
			else if (!passed.add(at)) {
				throw new RefusedException(CYCLE);
			}
			else {
				found = this.nearest.get(at);
				at = node.parent();
			}
		}
		for (String each : passed) {
			this.nearest.put(each, found);
		}
		return found;
	}

	private ChatGptNode node(String id) {
		ChatGptNode node = this.nodes.get(id);
		if (node == null) {
			throw new IllegalStateException("only nodes of the file are followed");
		}
		return node;
	}

	private ChatGptTurn turn(String id) {
		return Objects.requireNonNull(node(id).turn());
	}

	/** Pushes the children in reverse, so that the first one is handled first. */
	private void follow(String id, @Nullable Integer parent, boolean parentIsQuestion, @Nullable Part before) {
		List<String> next = new ArrayList<>(this.below.getOrDefault(id, List.of()));
		Collections.reverse(next);
		next.forEach((child) -> this.steps.push(new Step(child, parent, parentIsQuestion, before)));
	}

	private void question(Step step) {
		ChatGptTurn turn = turn(step.id);
		Integer parent = step.parentIsQuestion ? noAnswer(step) : step.parent;
		int number = add(parent, turn.text(), time(turn), null);
		this.numbers.put(step.id, number);
		follow(step.id, number, true, null);
	}

	/** Adds a failed answer to a question that is followed by another question. */
	private Integer noAnswer(Step step) {
		return add(step.parent, "", time(turn(step.id)),
				new Answer(AnswerState.FAILED, "", "", Source.OPENROUTER, null, PROVIDER, null, null, null, null));
	}

	/** Joins the answers that follow, up to the next branching point or question. */
	private void answer(Step step) {
		List<String> parts = new ArrayList<>();
		String last = step.id;
		Part text = goOn(step.before, last);
		parts.add(last);
		for (String next = onlyAnswerBelow(last); next != null; next = onlyAnswerBelow(last)) {
			last = next;
			text = goOn(text, last);
			parts.add(last);
		}
		int question = (step.parentIsQuestion && step.parent != null) ? step.parent : noQuestion(step);
		List<String> next = this.below.getOrDefault(last, List.of());
		if (next.isEmpty() || next.stream().anyMatch((id) -> node(id).isUser())) {
			int number = addAnswer(question, text);
			parts.forEach((part) -> this.numbers.put(part, number));
			followWith(next, true, new Step(last, number, false, null));
		}
		else {
			parts.forEach((part) -> this.numbers.put(part, question));
		}
		followWith(next, false, new Step(last, question, true, text));
	}

	private void followWith(List<String> next, boolean users, Step from) {
		for (int i = next.size() - 1; i >= 0; i--) {
			if (node(next.get(i)).isUser() == users) {
				this.steps.push(new Step(next.get(i), from.parent, from.parentIsQuestion, from.before));
			}
		}
	}

	private @Nullable String onlyAnswerBelow(String id) {
		List<String> next = this.below.getOrDefault(id, List.of());
		return (next.size() == 1 && !node(next.get(0)).isUser()) ? next.get(0) : null;
	}

	private Part goOn(@Nullable Part before, String id) {
		ChatGptTurn turn = turn(id);
		Part part = new Part(before, turn,
				(before != null) ? before.length + BETWEEN.length() + turn.length() : turn.length());
		this.limits.checkMessage(part.length);
		return part;
	}

	private int noQuestion(Step step) {
		return add(step.parent, NO_QUESTION, time(turn(step.id)), null);
	}

	private int addAnswer(int question, Part end) {
		ChatGptTurn last = end.turn;
		String model = end.model();
		return add(question, end.joined(ChatGptTurn::text), time(last),
				new Answer(last.state(), end.joined(ChatGptTurn::text), end.joined(ChatGptTurn::reasoning),
						Source.OPENROUTER, (model != null) ? model : this.model, PROVIDER, last.finishReason(), null,
						null, null));
	}

	private int add(@Nullable Integer parent, String text, Instant time, @Nullable Answer answer) {
		this.limits.count(text, (answer != null) ? answer.reasoning() : null);
		this.count++;
		this.tree.add(this.count, parent, text, time, answer, "mapping");
		return this.count;
	}

	private Instant time(ChatGptTurn turn) {
		return ImportValues.time(turn.createTime(), this.created);
	}

	/**
	 * Returns the number of the message that contains a node. An invisible node stands
	 * for its nearest visible ancestor.
	 * @param id the id of the node; may be null
	 * @return the number of the message; null if there is none
	 */
	@Nullable Integer number(@Nullable String id) {
		return this.numbers.get(seen(id));
	}

	/**
	 * A node to be handled.
	 *
	 * @param id the id of the node
	 * @param parent the number of the parent message; null for none
	 * @param parentIsQuestion whether the parent is a question
	 * @param before the answers above the node that it continues; null for none
	 */
	private record Step(String id, @Nullable Integer parent, boolean parentIsQuestion, @Nullable Part before) {
	}

	/**
	 * The last part of a text that is not joined yet. Branches share the parts before
	 * their branching point. Separate copies of the whole text would take memory that
	 * grows with the square of the file size.
	 *
	 * @param before the previous part; null for none
	 * @param turn the text and the reasoning of this part
	 * @param length the length of the whole text, in UTF-16 units
	 */
	private record Part(@Nullable Part before, ChatGptTurn turn, long length) {

		private String joined(Function<ChatGptTurn, String> text) {
			Deque<String> texts = new ArrayDeque<>();
			for (Part part = this; part != null; part = part.before) {
				if (!text.apply(part.turn).isBlank()) {
					texts.push(text.apply(part.turn));
				}
			}
			return String.join(BETWEEN, texts);
		}

		/** Returns the last model named. Tool output does not name a model. */
		private @Nullable String model() {
			Part part = this;
			while (part.turn.model() == null && part.before != null) {
				part = part.before;
			}
			return part.turn.model();
		}

	}

}
