package dev.runnel.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.runnel.conversation.Answer;
import dev.runnel.stream.StreamLog;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.TextPieces;
import org.jspecify.annotations.Nullable;

/**
 * Sends the reasoning and the content of an answer to its readers, as the model writes
 * them. Text that one of them holds back is sent before the next delta of the other,
 * because the model has ended a passage.
 * <p>
 * Called by one thread at a time.
 */
final class TextEvents {

	private final StreamLog<ChatEvent> events;

	private final AnswerTexts texts;

	private final AnswerDraft draft;

	TextEvents(StreamLog<ChatEvent> events, AnswerTexts texts, AnswerDraft draft) {
		this.events = events;
		this.texts = texts;
		this.draft = draft;
	}

	/**
	 * Lists the steps that send the written part of a continued answer like a new answer
	 * of the model. Each sends one piece, because an event takes many times the memory of
	 * its text, and because others use the thread before the next step.
	 * @param written the written part
	 * @return the steps in order
	 */
	List<Runnable> resume(Answer written) {
		List<Runnable> steps = new ArrayList<>();
		TextPieces.of(written.reasoning()).forEach((piece) -> steps.add(() -> addReasoning(piece)));
		TextPieces.of(written.content()).forEach((piece) -> steps.add(() -> addContent(piece)));
		steps.add(this::flush);
		return steps;
	}

	/**
	 * Lists the steps that go on with an answer in the stream of another server. Readers
	 * have a part of the text, and get the HTML of that part once more, because patches
	 * of later text need the same blocks on both sides.
	 * @param written the written part
	 * @param shown the length of the part that readers have
	 * @return the steps in order
	 */
	List<Runnable> goOn(Answer written, ShownAnswer.Length shown) {
		List<Runnable> steps = new ArrayList<>();
		String reasoning = written.reasoning();
		String content = written.content();
		TextPieces.of(reasoning.substring(0, shown.reasoning()))
			.forEach((piece) -> steps.add(() -> sendPatches(this.texts.reasoning().append(piece))));
		steps.add(() -> sendPatches(rest(this.texts.reasoning())));
		TextPieces.of(content.substring(0, shown.content()))
			.forEach((piece) -> steps.add(() -> sendContentPatches(this.texts.content().append(piece))));
		steps.add(() -> sendContentPatches(rest(this.texts.content())));
		TextPieces.of(reasoning.substring(shown.reasoning())).forEach((piece) -> steps.add(() -> addReasoning(piece)));
		TextPieces.of(content.substring(shown.content())).forEach((piece) -> steps.add(() -> addContent(piece)));
		steps.add(this::flush);
		return steps;
	}

	private void sendContentPatches(@Nullable TextDelta delta) {
		if (delta != null && delta.patches() != null && !delta.patches().isEmpty()) {
			sendContent(new TextDelta("", delta.patches()));
		}
	}

	/** Takes a delta of the content. */
	void say(ModelEvent.Text delta) {
		addContent(this.draft.addText(delta.text()));
	}

	/** Takes a delta of the reasoning. */
	void reason(ModelEvent.Reasoning delta) {
		addReasoning(this.draft.addReasoning(delta.text()));
	}

	private void addContent(String text) {
		sendReasoning(rest(this.texts.reasoning()));
		sendContent(this.texts.content().append(text));
	}

	private void addReasoning(String text) {
		sendContent(rest(this.texts.content()));
		sendReasoning(this.texts.reasoning().append(text));
	}

	/** Corrects the kind of earlier text. */
	void move(ModelEvent.Moved moved) {
		if (moved == ModelEvent.Moved.TO_REASONING) {
			moveToReasoning();
		}
		else {
			moveToContent();
		}
	}

	/** Readers move the text themselves, and then get its HTML. */
	private void moveToReasoning() {
		sendReasoning(rest(this.texts.reasoning()));
		sendContent(this.texts.content().finish());
		this.texts.content().restart();
		String words = this.draft.moveToReasoning();
		this.events.append(new ChatEvent.Moved(ModelEvent.Moved.TO_REASONING, 0));
		sendHtml(words);
	}

	/**
	 * Readers withdraw the reasoning, which is sent again as content. Reasoning of an
	 * earlier turn stays, and its HTML begins again.
	 */
	private void moveToContent() {
		sendReasoning(this.texts.reasoning().finish());
		this.texts.reasoning().restart();
		String words = this.draft.moveToText();
		this.events.append(new ChatEvent.Moved(ModelEvent.Moved.TO_TEXT, words.length()));
		sendHtml(this.draft.reasoning());
		TextPieces.of(words).forEach(this::addContent);
	}

	/** Sends the HTML of reasoning whose text readers have. */
	private void sendHtml(String reasoning) {
		TextPieces.of(reasoning).forEach((piece) -> sendPatches(this.texts.reasoning().append(piece)));
		sendPatches(rest(this.texts.reasoning()));
	}

	private void sendPatches(@Nullable TextDelta delta) {
		if (delta != null && delta.patches() != null && !delta.patches().isEmpty()) {
			sendReasoning(new TextDelta("", delta.patches()));
		}
	}

	/**
	 * Whether handling an event may delay other work on the thread.
	 * @param event the next event of the model
	 * @return true if a rendering thread should do it
	 */
	boolean isCostly(ModelEvent event) {
		if (event instanceof ModelEvent.Reasoning delta) {
			return this.texts.reasoning().isCostly(delta.text().length()) || isRestCostly(this.texts.content());
		}
		int length = (event instanceof ModelEvent.Text delta) ? delta.text().length() : 0;
		return event instanceof ModelEvent.Moved || this.texts.content().isCostly(length)
				|| isRestCostly(this.texts.reasoning());
	}

	/**
	 * Whether {@link #finish} may delay other work on the thread.
	 */
	boolean isEndCostly() {
		return isRestCostly(this.texts.reasoning()) || isRestCostly(this.texts.content());
	}

	private static boolean isRestCostly(AnswerText text) {
		return text.isWaiting() && text.isCostly(0);
	}

	/** Whether some text is held back. */
	boolean isWaiting() {
		return this.texts.areWaiting();
	}

	/** The longest time without a further event after which held text is sent. */
	Duration longestPause() {
		return this.texts.longestPause();
	}

	/** Sends the text that is held back. */
	void flush() {
		sendReasoning(this.texts.reasoning().flush());
		sendContent(this.texts.content().flush());
	}

	/** Sends the last text. */
	void finish() {
		sendReasoning(this.texts.reasoning().finish());
		sendContent(this.texts.content().finish());
	}

	private static @Nullable TextDelta rest(AnswerText text) {
		return text.isWaiting() ? text.flush() : null;
	}

	private void sendContent(@Nullable TextDelta delta) {
		if (delta != null) {
			this.events.append(new ChatEvent.Message(delta.content(), delta.patches()));
		}
	}

	private void sendReasoning(@Nullable TextDelta delta) {
		if (delta != null) {
			this.events.append(new ChatEvent.Reasoning(delta.content(), delta.patches(), this.draft.thinking()));
		}
	}

}
