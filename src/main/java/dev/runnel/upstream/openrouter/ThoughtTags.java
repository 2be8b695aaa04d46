package dev.runnel.upstream.openrouter;

import java.util.function.Consumer;

import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.ModelEvent.Moved;
import dev.runnel.upstream.openrouter.ThoughtSpelling.Find;
import org.jspecify.annotations.Nullable;

/**
 * Separates the thoughts that a model writes into its text from the answer. Many servers
 * pass them on as the model wrote them: between two tags at the beginning, or with the
 * closing tag alone, because the opening one is part of the prompt.
 * <p>
 * A tag counts at the beginning, after white space. Later only a closing tag without an
 * opening one counts, once. Everything else is text. A tag may be cut anywhere, so at
 * most the length of the longest tag is held back.
 */
final class ThoughtTags {

	private static final String QUOTES = "`'\"*";

	private final Deltas out;

	/** Learns whether answers of the model begin with a thought without its tag. */
	private final Consumer<Boolean> learn;

	private Place place = Place.BEGINNING;

	/** Text that may be a part of a tag. */
	private String held = "";

	/** The spelling of the thought; null if it had no opening tag. */
	private @Nullable ThoughtSpelling spelling;

	/** The text after the beginning if the beginning has no tag. */
	private final Place withoutTag;

	/** The last character of the answer. */
	private char last;

	/**
	 * Begins an answer.
	 * @param out takes text and reasoning
	 * @param start how the answer begins
	 * @param learn takes whether answers of the model begin inside a thought
	 */
	ThoughtTags(Deltas out, Start start, Consumer<Boolean> learn) {
		this.out = out;
		this.learn = learn;
		this.withoutTag = start.place;
	}

	/**
	 * Reads a delta of the text.
	 * @param delta the text as upstream sent it, not empty
	 */
	void read(String delta) {
		if (this.place == Place.TEXT) {
			this.out.text(delta);
			return;
		}
		String rest = this.held.isEmpty() ? delta : this.held + delta;
		this.held = "";
		while (!rest.isEmpty()) {
			rest = step(rest);
		}
	}

	/**
	 * Ends the answer. A thought without an opening and a closing tag was the answer
	 * itself, unless the tokens ended before it.
	 * @param reason why the model stopped; null if the answer broke off
	 */
	void end(@Nullable FinishReason reason) {
		String rest = this.held;
		this.held = "";
		if (isThought()) {
			think(rest);
		}
		else if (this.place != Place.ANSWER || ThoughtSpelling.closing(rest, 0) == null) {
			answer(rest);
		}
		boolean answered = this.place == Place.UNTAGGED_THOUGHT && reason != null && reason != FinishReason.LENGTH;
		if (answered && this.out.hasReasoning()) {
			this.out.moved(Moved.TO_TEXT);
			this.learn.accept(false);
		}
		this.place = Place.TEXT;
	}

	private boolean isThought() {
		return this.place == Place.THOUGHT || this.place == Place.UNTAGGED_THOUGHT;
	}

	/** Reads text up to the next decision, and returns what follows it. */
	private String step(String text) {
		return switch (this.place) {
			case BEGINNING -> begin(text);
			case THOUGHT, UNTAGGED_THOUGHT -> goOnThinking(text);
			case BEHIND_THOUGHT -> skipSpace(text);
			case ANSWER -> watch(text);
			case TEXT -> {
				this.out.text(text);
				yield "";
			}
		};
	}

	private String begin(String text) {
		int at = spaceEnd(text);
		if (at == text.length()) {
			return holdOr(text, this.withoutTag);
		}
		ThoughtSpelling opening = ThoughtSpelling.opening(text, at);
		if (opening != null) {
			this.spelling = opening;
			this.place = Place.THOUGHT;
			return text.substring(at + opening.open().length());
		}
		String closing = ThoughtSpelling.closing(text, at);
		if (closing != null) {
			this.place = Place.BEHIND_THOUGHT;
			return text.substring(at + closing.length());
		}
		if (ThoughtSpelling.mayBecomeTag(text, at)) {
			return holdOr(text, this.withoutTag);
		}
		this.place = this.withoutTag;
		return text;
	}

	/** Holds text back, or moves on if it is longer than tags may be. */
	private String holdOr(String text, Place next) {
		if (text.length() <= ThoughtSpelling.MAX_CHARS) {
			this.held = text;
			return "";
		}
		this.place = next;
		return text;
	}

	private String goOnThinking(String text) {
		Find end = ThoughtSpelling.findEnd(text, this.spelling);
		think(text.substring(0, end.at()));
		String tag = end.tag();
		if (tag == null) {
			this.held = text.substring(end.at());
			return "";
		}
		if (this.place == Place.UNTAGGED_THOUGHT) {
			this.learn.accept(true);
		}
		this.place = Place.BEHIND_THOUGHT;
		return text.substring(end.at() + tag.length());
	}

	private String skipSpace(String text) {
		int at = spaceEnd(text);
		if (at == text.length()) {
			return "";
		}
		this.place = Place.TEXT;
		return text.substring(at);
	}

	/** Looks for a closing tag without an opening one. */
	private String watch(String text) {
		Find find = firstUnquoted(text);
		String tag = find.tag();
		if (tag != null && ThoughtSpelling.opening(tag, 0) != null) {
			// An answer about tags.
			this.place = Place.TEXT;
			return text;
		}
		if (tag == null || find.end() == text.length()) {
			answer(text.substring(0, find.at()));
			this.held = text.substring(find.at());
			return "";
		}
		wasThought(text.substring(0, find.at()));
		return text.substring(find.end());
	}

	private Find firstUnquoted(String text) {
		Find find = ThoughtSpelling.findAny(text, 0);
		while (isQuoted(text, find)) {
			find = ThoughtSpelling.findAny(text, find.end());
		}
		return find;
	}

	/** Whether the same mark of quotation stands before and behind a closing tag. */
	private boolean isQuoted(String text, Find find) {
		if (find.tag() == null || find.end() == text.length() || ThoughtSpelling.opening(find.tag(), 0) != null) {
			return false;
		}
		char before = (find.at() > 0) ? text.charAt(find.at() - 1) : this.last;
		return before == text.charAt(find.end()) && QUOTES.indexOf(before) >= 0;
	}

	private void wasThought(String text) {
		this.learn.accept(true);
		if (this.out.hasText()) {
			this.out.moved(Moved.TO_REASONING);
		}
		if (!text.isEmpty()) {
			this.out.reasoning(text);
		}
		this.place = Place.BEHIND_THOUGHT;
	}

	/** White space before the first word of a thought is dropped. */
	private void think(String text) {
		int at = this.out.hasReasoning() ? 0 : spaceEnd(text);
		if (at < text.length()) {
			this.out.reasoning(text.substring(at));
		}
	}

	private void answer(String text) {
		if (!text.isEmpty()) {
			this.last = text.charAt(text.length() - 1);
			this.out.text(text);
		}
	}

	private static int spaceEnd(String text) {
		int at = 0;
		while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
			at++;
		}
		return at;
	}

	/**
	 * How an answer begins.
	 */
	enum Start {

		/** With text, or with a tag. */
		NEW(Place.ANSWER),

		/** Inside a thought: earlier answers of the model had only a closing tag. */
		THINKING(Place.UNTAGGED_THOUGHT),

		/** In the middle: text behind a written part is never moved. */
		CONTINUED(Place.TEXT);

		private final Place place;

		Start(Place place) {
			this.place = place;
		}

		static Start of(boolean thinking, boolean continued) {
			return thinking ? THINKING : continued ? CONTINUED : NEW;
		}

	}

	/**
	 * A place in an answer.
	 */
	private enum Place {

		/** Only white space so far. */
		BEGINNING,

		/** Behind an opening tag. */
		THOUGHT,

		/** In a thought without an opening tag. */
		UNTAGGED_THOUGHT,

		/** In the white space behind a thought. */
		BEHIND_THOUGHT,

		/** In an answer that a closing tag may turn into a thought. */
		ANSWER,

		/** In text whose tags do not count. */
		TEXT

	}

}
