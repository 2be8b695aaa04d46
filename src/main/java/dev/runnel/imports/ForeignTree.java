package dev.runnel.imports;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.upstream.Source;
import org.jspecify.annotations.Nullable;

/**
 * Turns the nodes of another program into alternating questions and answers. Invisible
 * nodes are skipped. Consecutive answers become one answer. Between two consecutive
 * questions it adds a failed answer, and before an answer without a question it adds a
 * placeholder question. The code never recurses, because the file decides how deep its
 * tree is.
 */
final class ForeignTree {

	private static final String NO_QUESTION = "[The conversation began with an answer.]";

	private final SeenNodes nodes;

	private final ImportedTree tree;

	private final Defaults defaults;

	private final ImportLimits limits;

	/** The number of the message that contains the text of a node. */
	private final Map<String, Integer> numbers = new HashMap<>();

	private final Deque<Step> steps = new ArrayDeque<>();

	private int count;

	/**
	 * Creates the builder of an empty tree.
	 * @param nodes the nodes of a file, by id
	 * @param tree receives the messages
	 * @param defaults the values to use for messages without them
	 * @param limits the limits of the conversation
	 */
	ForeignTree(Map<String, ForeignNode> nodes, ImportedTree tree, Defaults defaults, ImportLimits limits) {
		this.nodes = new SeenNodes(nodes);
		this.tree = tree;
		this.defaults = defaults;
		this.limits = limits;
	}

	/**
	 * Adds all messages to the tree.
	 * @throws RefusedException if the nodes form a cycle or exceed a limit
	 */
	void addAll() {
		follow(SeenNodes.ROOT, null, false, null);
		while (!this.steps.isEmpty()) {
			add(this.steps.pop());
		}
		this.nodes.checkReached(this.numbers.size());
	}

	private void add(Step step) {
		if (this.nodes.isUser(step.id)) {
			question(step);
		}
		else {
			answer(step);
		}
	}

	/** Pushes the children in reverse, so that the first one is handled first. */
	private void follow(String id, @Nullable Integer parent, boolean parentIsQuestion, @Nullable AnswerPart before) {
		List<String> next = new ArrayList<>(this.nodes.below(id));
		Collections.reverse(next);
		next.forEach((child) -> this.steps.push(new Step(child, parent, parentIsQuestion, before)));
	}

	private void question(Step step) {
		ForeignTurn turn = this.nodes.turn(step.id);
		Integer parent = step.parentIsQuestion ? noAnswer(step) : step.parent;
		int number = add(parent, turn.text(), time(turn), null);
		this.numbers.put(step.id, number);
		follow(step.id, number, true, null);
	}

	/** Adds a failed answer to a question that is followed by another question. */
	private Integer noAnswer(Step step) {
		return add(step.parent, "", time(this.nodes.turn(step.id)), new Answer(AnswerState.FAILED, "", "",
				Source.OPENROUTER, null, this.defaults.program(), null, null, null, null));
	}

	/** Joins the answers that follow, up to the next branching point or question. */
	private void answer(Step step) {
		Run run = run(step);
		int question = questionOf(step);
		List<String> next = this.nodes.below(run.last());
		int number = isEnd(next) ? addAnswer(question, run.text) : question;
		run.ids.forEach((id) -> this.numbers.put(id, number));
		followWith(next, true, new Step(run.last(), number, false, null));
		followWith(next, false, new Step(run.last(), question, true, run.text));
	}

	private Run run(Step step) {
		List<String> ids = new ArrayList<>(List.of(step.id));
		AnswerPart text = goOn(step.before, step.id);
		String next = this.nodes.onlyAnswerBelow(step.id);
		while (next != null) {
			ids.add(next);
			text = goOn(text, next);
			next = this.nodes.onlyAnswerBelow(next);
		}
		return new Run(ids, text);
	}

	/** Returns whether an answer ends above these child nodes. */
	private boolean isEnd(List<String> next) {
		return next.isEmpty() || next.stream().anyMatch(this.nodes::isUser);
	}

	private void followWith(List<String> next, boolean users, Step from) {
		for (int i = next.size() - 1; i >= 0; i--) {
			if (this.nodes.isUser(next.get(i)) == users) {
				this.steps.push(new Step(next.get(i), from.parent, from.parentIsQuestion, from.before));
			}
		}
	}

	private AnswerPart goOn(@Nullable AnswerPart before, String id) {
		AnswerPart part = AnswerPart.of(before, this.nodes.turn(id));
		this.limits.checkMessage(part.length());
		return part;
	}

	/** Returns the question of an answer. Adds a placeholder if there is none. */
	private int questionOf(Step step) {
		if (step.parentIsQuestion && step.parent != null) {
			return step.parent;
		}
		return add(step.parent, NO_QUESTION, time(this.nodes.turn(step.id)), null);
	}

	private int addAnswer(int question, AnswerPart end) {
		ForeignTurn last = end.turn();
		String model = end.model();
		return add(question, end.joined(ForeignTurn::text), time(last),
				new Answer(last.state(), end.joined(ForeignTurn::text), end.joined(ForeignTurn::reasoning),
						Source.OPENROUTER, (model != null) ? model : this.defaults.model(), this.defaults.program(),
						last.finishReason(), null, null, null)
					.withCitations(end.citations()));
	}

	private int add(@Nullable Integer parent, String text, Instant time, @Nullable Answer answer) {
		this.limits.count(text, (answer != null) ? answer.reasoning() : null);
		this.count++;
		this.tree.add(this.count, parent, text, time, answer, List.of(), "mapping");
		return this.count;
	}

	private Instant time(ForeignTurn turn) {
		return Objects.requireNonNullElse(turn.createdAt(), this.defaults.createdAt());
	}

	/**
	 * Returns the number of the message that contains a node. An invisible node stands
	 * for its nearest visible ancestor.
	 * @param id the id of the node; may be null
	 * @return the number of the message; null if there is none
	 */
	@Nullable Integer number(@Nullable String id) {
		return this.numbers.get(this.nodes.nearest(id));
	}

	/**
	 * Values for messages that do not have their own.
	 *
	 * @param program the other program, which becomes the provider of its answers
	 * @param createdAt the time
	 * @param model the model of answers; null if unknown
	 */
	record Defaults(String program, Instant createdAt, @Nullable String model) {
	}

	/**
	 * A node to be handled.
	 *
	 * @param id the id of the node
	 * @param parent the number of the parent message; null for none
	 * @param parentIsQuestion whether the parent is a question
	 * @param before the answers above the node that it continues; null for none
	 */
	private record Step(String id, @Nullable Integer parent, boolean parentIsQuestion, @Nullable AnswerPart before) {
	}

	/**
	 * Answers that follow each other without a branching point.
	 *
	 * @param ids the ids of the nodes, not empty
	 * @param text the text down to the last node
	 */
	private record Run(List<String> ids, AnswerPart text) {

		private String last() {
			return this.ids.get(this.ids.size() - 1);
		}

	}

}
