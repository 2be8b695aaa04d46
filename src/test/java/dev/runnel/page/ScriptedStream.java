package dev.runnel.page;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

import dev.runnel.chat.ChatWire;
import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Turn;
import dev.runnel.markdown.BlockPatch;
import dev.runnel.markdown.StreamingMarkdown;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamSubject;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.upstream.Usage;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * One answer whose events the test controls. Any number of readers get all of them.
 */
final class ScriptedStream {

	private static final String MODEL = "small/model";

	/** The text in each event. The page shows only the HTML. */
	private static final String WORD = "word ";

	private static final Facts NOTHING = new Facts(null, null, null, null);

	private static final Facts ENDED = NOTHING.because(FinishReason.STOP);

	final String streamId = UUID.randomUUID().toString();

	final String messageId;

	final String userMessageId;

	final String conversationId;

	final Map<String, Object> question;

	private final List<String> log = new ArrayList<>();

	private final List<FluxSink<String>> readers = new ArrayList<>();

	private final List<String> blocks = new ArrayList<>();

	private final ScriptedConversations conversations;

	/** The pages that the answer cites; known at its end. */
	List<Citation> citations = List.of();

	private Source source = Source.OPENROUTER;

	private String reasoning = "";

	/** Renders the reasoning. */
	private StreamingMarkdown thought = new StreamingMarkdown();

	/** The text in all events of the answer so far. */
	private String said = "";

	private boolean over;

	/**
	 * Places the question by the rules of the wire contract. Like the server, it stores
	 * the question and an empty answer before the first event.
	 */
	ScriptedStream(Map<String, Object> question, ScriptedConversations conversations) {
		this.question = question;
		this.conversations = conversations;
		Message continued = conversations.find((String) question.get("continueId"));
		Message parent = conversations.find((String) question.get("parentId"));
		boolean isSame = parent != null && parent.content().equals(question.get("message"));
		this.conversationId = (String) question.getOrDefault("conversationId", UUID.randomUUID().toString());
		this.messageId = (continued != null) ? continued.id().toString() : UUID.randomUUID().toString();
		this.userMessageId = (continued != null && continued.parent() != null) ? continued.parent().toString()
				: isSame ? parent.id().toString() : UUID.randomUUID().toString();
		if (continued == null && !isSame) {
			ask(parent);
		}
		if (continued == null) {
			keep(AnswerState.STREAMING, ENDED);
		}
	}

	private void ask(@Nullable Message parent) {
		if (Boolean.TRUE.equals(this.question.get("temporary"))) {
			return;
		}
		MessageId follows = (parent == null) ? null : (parent.answer() == null) ? parent.parent() : parent.id();
		this.conversations.ask(conversation(), new Message(id(this.userMessageId), follows, Role.USER,
				(String) this.question.get("message"), Instant.now(), null));
	}

	void start() {
		start(0);
	}

	/**
	 * Starts the answer.
	 * @param omitted the number of earlier messages that are not sent to the model
	 */
	void start(int omitted) {
		keep(AnswerState.STREAMING, ENDED);
		String text = (String) this.question.getOrDefault("message", "");
		Turn turn = new Turn(new Visitor("one"), conversation(), id(this.userMessageId), text, id(this.messageId),
				List.of(), omitted, ConversationSettings.NONE, false, Origin.model(MODEL), null);
		emit((number) -> ChatWire.start(number, stream(), turn));
	}

	void reason(String reasoning) {
		reason(reasoning, null);
	}

	/** Sends reasoning, and how long the model has reasoned. */
	void reason(String delta, @Nullable Duration thinking) {
		this.reasoning += delta;
		keep(AnswerState.STREAMING, ENDED);
		List<BlockPatch> patches = patchesOf(delta);
		emit((number) -> ChatWire.reasoning(number, delta, patches, thinking));
	}

	private List<BlockPatch> patchesOf(String words) {
		List<BlockPatch> patches = new ArrayList<>(this.thought.append(words).patches());
		patches.addAll(this.thought.flush().patches());
		return patches;
	}

	void fallBack(UpstreamFailure.Kind kind) {
		this.source = Source.MOCK;
		emit((number) -> ChatWire.fallback(number, kind));
	}

	/** Changes a block to this HTML, with the patch that a server would send. */
	void write(int block, String html) {
		while (this.blocks.size() <= block) {
			this.blocks.add("");
		}
		int keep = commonStart(this.blocks.get(block), html);
		this.blocks.set(block, html);
		this.said += WORD;
		keep(AnswerState.STREAMING, ENDED);
		emit((number) -> ChatWire.message(number, WORD, List.of(new BlockPatch(block, keep, html.substring(keep)))));
	}

	/** Sends the event that says that all of the answer so far was reasoning. */
	void moveToReasoning() {
		List<BlockPatch> patches = patchesOf(this.said);
		this.reasoning += this.said;
		this.said = "";
		this.blocks.clear();
		keep(AnswerState.STREAMING, ENDED);
		emit((number) -> ChatWire.moved(number, ModelEvent.Moved.TO_REASONING, 0));
		emit((number) -> ChatWire.reasoning(number, "", patches, null));
	}

	/**
	 * Sends the event that says that all reasoning so far was the answer. The test writes
	 * the answer next.
	 */
	void moveToText() {
		int chars = this.reasoning.length();
		this.reasoning = "";
		this.thought = new StreamingMarkdown();
		keep(AnswerState.STREAMING, ENDED);
		emit((number) -> ChatWire.moved(number, ModelEvent.Moved.TO_TEXT, chars));
	}

	/** Writes paragraphs, each in one event. */
	void writeParagraphs(int from, int to) {
		for (int block = from; block < to; block++) {
			write(block, "<p>Paragraph " + block + " of a long answer, long enough for a line of its own.</p>\n");
		}
	}

	void complete() {
		complete(ENDED);
	}

	void complete(Facts facts) {
		end(AnswerState.COMPLETE, facts);
	}

	void stop() {
		end(AnswerState.STOPPED, NOTHING);
	}

	private void end(AnswerState state, Facts facts) {
		keep(state, facts);
		emit((number) -> ChatWire.complete(number, id(this.messageId), state == AnswerState.STOPPED,
				answer(state, facts)));
		finish();
	}

	void fail(String code, String message) {
		keep(this.blocks.isEmpty() ? AnswerState.FAILED : AnswerState.INTERRUPTED, NOTHING);
		emit((number) -> ChatWire.error(number, code, message));
		finish();
	}

	/** Fails with a time after which a retry may help. */
	void fail(String code, Duration retryAfter) {
		keep(AnswerState.FAILED, NOTHING);
		emit((number) -> ChatWire.error(number, code, "Not now.", retryAfter));
		finish();
	}

	/** Breaks the connections of all readers, like a lost network. */
	synchronized void cut() {
		List.copyOf(this.readers).forEach((reader) -> reader.error(new IOException("cut by the test")));
		this.readers.clear();
	}

	synchronized void close() {
		List.copyOf(this.readers).forEach(FluxSink::complete);
	}

	synchronized int readers() {
		return this.readers.size();
	}

	synchronized int lastEventId() {
		return this.log.size();
	}

	/** Stores the answer as Markdown, like the server. */
	private void keep(AnswerState state, Facts facts) {
		if (this.over || Boolean.TRUE.equals(this.question.get("temporary"))) {
			return;
		}
		Answer answer = answer(state, facts);
		this.conversations.put(conversation(), new Message(id(this.messageId), id(this.userMessageId), Role.ASSISTANT,
				answer.content(), Instant.now(), answer));
	}

	private Answer answer(AnswerState state, Facts facts) {
		boolean ended = state != AnswerState.STREAMING;
		return new Answer(state, this.blocks.stream().map(ScriptedStream::markdown).collect(Collectors.joining()),
				this.reasoning, this.source, MODEL, null, ended ? facts.finishReason() : null, facts.usage(), null,
				facts.thinking(), facts.total())
			.withCitations(ended ? this.citations : List.of());
	}

	/** The Markdown of the few forms of HTML that tests use. */
	private static String markdown(String html) {
		return html.replaceAll("<pre><code class=\"language-(\\w+)\">([^<]*)</code></pre>", "```$1\n$2```\n")
			.replaceAll("</?strong>", "**")
			.replaceAll("</?code>", "`")
			.replaceAll("<h2>", "## ")
			.replaceAll("<li>", "- ")
			.replaceAll("<a href=\"([^\"]*)\">([^<]*)</a>", "[$2]($1)")
			.replaceAll("</?\\w+[^>]*>", "")
			.replace("&lt;", "<")
			.replace("&gt;", ">")
			.replace("&quot;", "\"")
			.replace("&amp;", "&") + "\n";
	}

	private ConversationId conversation() {
		return new ConversationId(UUID.fromString(this.conversationId));
	}

	private static MessageId id(String id) {
		return new MessageId(UUID.fromString(id));
	}

	/** The HTML of the answer so far. */
	String html() {
		return String.join("", this.blocks);
	}

	Flux<String> read(int after) {
		return Flux.create((reader) -> attach(reader, after));
	}

	/** The entry in the server's list of streams. */
	synchronized Object summary() {
		return ChatWire.stream(
				new StreamSubject(stream(), new Visitor("one"), conversation().value(), id(this.messageId).value()),
				this.over ? StreamState.COMPLETED : StreamState.RUNNING, this.log.size());
	}

	private StreamId stream() {
		return new StreamId(UUID.fromString(this.streamId));
	}

	private synchronized void attach(FluxSink<String> reader, int after) {
		this.log.stream().skip(after).forEach(reader::next);
		if (this.over) {
			reader.complete();
			return;
		}
		this.readers.add(reader);
		reader.onDispose(() -> detach(reader));
	}

	private synchronized void detach(FluxSink<String> reader) {
		this.readers.remove(reader);
	}

	private synchronized void emit(LongFunction<String> event) {
		if (this.over) {
			return;
		}
		String text = event.apply(this.log.size() + 1);
		this.log.add(text);
		List.copyOf(this.readers).forEach((reader) -> reader.next(text));
	}

	private synchronized void finish() {
		this.over = true;
		close();
	}

	/**
	 * The length of the common prefix of two renderings, not ending inside a tag or an
	 * entity.
	 */
	private static int commonStart(String before, String after) {
		int end = 0;
		while (end < Math.min(before.length(), after.length()) && before.charAt(end) == after.charAt(end)) {
			end++;
		}
		String shared = before.substring(0, end);
		if (shared.lastIndexOf('<') > shared.lastIndexOf('>')) {
			return shared.lastIndexOf('<');
		}
		return (shared.lastIndexOf('&') > shared.lastIndexOf(';')) ? shared.lastIndexOf('&') : end;
	}

	/**
	 * The facts about an answer at its end.
	 *
	 * @param finishReason why the model stopped; null if it did not
	 * @param usage the tokens and the cost; null if not reported
	 * @param thinking how long the model reasoned; null if it did not
	 * @param total how long the answer took; null if unknown
	 */
	record Facts(@Nullable FinishReason finishReason, @Nullable Usage usage, @Nullable Duration thinking,
			@Nullable Duration total) {

		static Facts tokens(long completion) {
			return NOTHING.with(new Usage(null, completion, null, null, null));
		}

		Facts with(Usage known) {
			return new Facts(this.finishReason, known, this.thinking, this.total);
		}

		Facts because(FinishReason reason) {
			return new Facts(reason, this.usage, this.thinking, this.total);
		}

		Facts thought(long millis) {
			return new Facts(this.finishReason, this.usage, Duration.ofMillis(millis), this.total);
		}

		Facts lasting(long millis) {
			return new Facts(this.finishReason, this.usage, this.thinking, Duration.ofMillis(millis));
		}

	}

}
