package dev.runnel.upstream.openrouter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.PictureText;
import dev.runnel.upstream.UpstreamFailure.Kind;
import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.core.JacksonException;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Decodes the bytes of one answer into events, and decides how it ends:
 * <ul>
 * <li>a finish reason or {@code [DONE]}, and some text: complete;</li>
 * <li>a finish reason or {@code [DONE]} without any text: no answer, unless the model
 * spent all its tokens on reasoning;</li>
 * <li>neither: broken off;</li>
 * <li>an error in the stream: failed, whatever else was sent.</li>
 * </ul>
 * Bytes after an error or after {@code [DONE]} are ignored. Bytes arrive on an event loop
 * and a timeout comes from another thread, so the methods are synchronized. Events that
 * are decoded before a timeout are not lost.
 */
final class AnswerDecoder {

	private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

	private final EventReader events;

	private final PictureCutter pictures;

	private final RepeatedChunk chunks = new RepeatedChunk();

	private final SilenceWatch watch;

	private final Deltas deltas = new Deltas();

	private final ThoughtTags tags;

	private boolean begun;

	private boolean done;

	private @Nullable String finishReason;

	private @Nullable String model;

	private boolean named;

	private @Nullable String provider;

	private @Nullable Usage usage;

	private final CitationList citations = new CitationList();

	private @Nullable Failure failure;

	/** Whether the rest of the body can be ignored although nothing failed. */
	private boolean cut;

	private boolean concluded;

	/**
	 * Begins an answer.
	 * @param limits the limits of its parts
	 * @param watch the watch that is told of data
	 * @param start how the answer begins
	 * @param learn takes whether answers of the model begin inside a thought
	 */
	AnswerDecoder(AnswerLimits limits, SilenceWatch watch, ThoughtTags.Start start, Consumer<Boolean> learn) {
		this.events = new EventReader(limits.maxEvent());
		this.pictures = new PictureCutter(this.events, limits.memory(), limits.maxPicture());
		this.watch = watch;
		this.tags = new ThoughtTags(this.deltas, start, learn);
	}

	/**
	 * Decodes a buffer and releases it.
	 * @param buffer some bytes of the body
	 * @return this decoder; {@link #take} then returns the events
	 */
	synchronized AnswerDecoder decode(DataBuffer buffer) {
		try {
			while (!isOver() && buffer.readableByteCount() > 0) {
				this.pictures.append(buffer);
				readEvents();
			}
			notePicture();
		}
		catch (Failure ex) {
			breakOff(ex);
		}
		finally {
			DataBufferUtils.release(buffer);
		}
		return this;
	}

	/**
	 * Takes the events decoded since the last call.
	 * @return the events in order; often one or none
	 */
	synchronized List<ModelEvent> take() {
		return this.deltas.take();
	}

	/** Releases the pictures that were not taken. */
	synchronized void close() {
		this.pictures.close();
	}

	/** Ends the decoding. An answer that is complete by now stays complete. */
	synchronized void breakOff(Failure cause) {
		if (this.finishReason == null && !this.done) {
			this.failure = cause;
		}
		this.cut = true;
	}

	/** Whether the rest of the body can be ignored, even its end. */
	synchronized boolean isCut() {
		return this.cut || this.failure != null;
	}

	/**
	 * Ends the answer after the last byte.
	 * @return the events not yet taken; if the answer failed, what it cost if upstream
	 * has told, and a {@link Failure}
	 */
	synchronized Flux<ModelEvent> conclude() {
		readLeftover();
		if (!this.concluded && this.failure == null) {
			finishOrFail();
		}
		this.tags.end(null);
		if (this.failure == null) {
			return Flux.fromIterable(this.deltas.take());
		}
		if (this.usage != null && this.usage.isKnown()) {
			this.deltas.charged(new ModelEvent.Charged(this.usage));
		}
		return Flux.fromIterable(this.deltas.take()).concatWith(Flux.error(shown(this.failure)));
	}

	private boolean isOver() {
		return this.done || isCut();
	}

	private void readEvents() {
		while (!isOver() && this.events.next()) {
			readEvent();
		}
	}

	/**
	 * Reads an event without its closing empty line. If it was cut short, it is no valid
	 * JSON and is ignored.
	 */
	private void readLeftover() {
		try {
			if (!isOver() && this.events.last()) {
				readEvent();
			}
		}
		catch (Failure ex) {
			this.cut = true;
		}
	}

	private void readEvent() {
		byte[] array = this.events.array();
		int offset = this.events.offset();
		int length = this.events.length();
		if (startsWith(array, offset, length, DONE)) {
			this.done = true;
			this.watch.enter(AnswerPhase.ENDING);
			finishOrFail();
		}
		else if (!isBlank(array, offset, length)) {
			noteData();
			readData(array, offset, length);
		}
	}

	private void readData(byte[] array, int offset, int length) {
		Chunk chunk = this.events.isError() ? Chunk.FAILED : readChunk(array, offset, length);
		if (chunk.failed()) {
			this.failure = FailureRules.ofReport(ErrorReport.read(array, offset, length));
		}
		else {
			accept(chunk);
		}
	}

	/** A large picture may take long, and its event is complete only behind it. */
	private void notePicture() {
		if (this.pictures.isCutting() && !isOver()) {
			noteData();
		}
	}

	private void noteData() {
		if (this.begun) {
			this.watch.data();
		}
		else {
			this.begun = true;
			this.watch.enter(AnswerPhase.BETWEEN_DATA);
		}
	}

	/**
	 * Reads a chunk. JSON without a field name may be anything, so it is ignored if it
	 * cannot be read.
	 */
	private Chunk readChunk(byte[] array, int offset, int length) {
		boolean names = this.model == null;
		try {
			return this.chunks.read(array, offset, length, names);
		}
		catch (JacksonException ex) {
			if (this.events.isBare()) {
				return Chunk.NOTHING;
			}
			// One invalid UTF-8 byte need not fail the whole answer.
			byte[] mended = new String(array, offset, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
			return readMended(mended, names);
		}
	}

	private static Chunk readMended(byte[] json, boolean names) {
		try {
			return ChunkReader.read(json, 0, json.length, names);
		}
		catch (JacksonException ex) {
			throw Failure.of(Kind.INVALID_RESPONSE, "an event is no JSON: " + ex.getOriginalMessage());
		}
	}

	private void accept(Chunk chunk) {
		if (chunk.model() != null) {
			this.model = chunk.model();
			this.provider = chunk.provider();
		}
		nameBeforeOutput(chunk);
		if (chunk.reasoning() != null) {
			this.deltas.reasoning(chunk.reasoning());
		}
		if (chunk.text() != null) {
			this.tags.read(chunk.text());
		}
		if (!chunk.citations().isEmpty() && this.citations.addAll(chunk.citations())) {
			this.deltas.cited(new ModelEvent.Cited(this.citations.all()));
		}
		chunk.pictures().forEach(this::addPicture);
		this.usage = (chunk.usage() != null) ? chunk.usage() : this.usage;
		if (chunk.finishReason() != null) {
			noteFinish(chunk.finishReason());
		}
	}

	private void addPicture(String url) {
		PictureCutter.Cut cut = this.pictures.take(url);
		if (cut == null) {
			this.deltas.text(PictureText.link(url));
		}
		else if (cut.refusal() != null) {
			this.deltas.text(PictureText.leftOut(cut.refusal()));
		}
		else {
			this.deltas.picture(new ModelEvent.Picture(cut.picture()));
		}
	}

	/**
	 * Sends the name of the model just before the first output. Without output it is not
	 * needed.
	 */
	private void nameBeforeOutput(Chunk chunk) {
		if (!this.named && this.model != null && (hasOutput() || chunk.isOutput())) {
			this.named = true;
			this.deltas.named(new ModelEvent.Named(this.model, this.provider));
		}
	}

	private boolean hasOutput() {
		return this.deltas.hasText() || this.deltas.hasReasoning() || this.deltas.hasPicture();
	}

	private void noteFinish(String reason) {
		if (this.finishReason == null) {
			this.watch.enter(AnswerPhase.FINISHING);
		}
		this.finishReason = reason;
	}

	private void finishOrFail() {
		this.tags.end((this.done || this.finishReason != null) ? reason() : null);
		if (!this.done && this.finishReason == null) {
			this.failure = Failure.of(Kind.UNAVAILABLE, "the stream ended without a finish reason")
				.tryAgainIn(Failure.SOON);
		}
		else if (isNoAnswer()) {
			this.failure = noText();
		}
		else {
			this.concluded = true;
			this.deltas.finished(new ModelEvent.Finished(reason(), this.model, this.provider, this.usage));
		}
	}

	/**
	 * An answer without text and pictures is valid if the model spent all its tokens on
	 * reasoning.
	 */
	private boolean isNoAnswer() {
		return !this.deltas.hasText() && !this.deltas.hasPicture()
				&& !(this.deltas.hasReasoning() && reason() == FinishReason.LENGTH);
	}

	private Failure noText() {
		return switch (reason()) {
			case CONTENT_FILTER -> Failure.of(Kind.MODERATION, "the content filter left no text");
			case LENGTH -> Failure.of(Kind.INVALID_RESPONSE, "the limit of tokens left no text");
			default -> Failure.of(Kind.INVALID_RESPONSE, "an answer without text").tryAgainIn(Failure.SOON);
		};
	}

	/**
	 * The finish reason. An answer that ends with {@code [DONE]} alone counts as stopped
	 * normally.
	 */
	private FinishReason reason() {
		return (this.finishReason == null) ? FinishReason.STOP : FinishReasons.of(this.finishReason);
	}

	private Failure shown(Failure failure) {
		return hasOutput() ? failure.afterOutput() : failure;
	}

	private static boolean isBlank(byte[] array, int offset, int length) {
		for (int i = offset; i < offset + length; i++) {
			if (array[i] > ' ' || array[i] < 0) {
				return false;
			}
		}
		return true;
	}

	private static boolean startsWith(byte[] array, int offset, int length, byte[] prefix) {
		int start = offset;
		while (start < offset + length && array[start] == ' ') {
			start++;
		}
		return Arrays.equals(array, start, Math.min(start + prefix.length, offset + length), prefix, 0, prefix.length);
	}

}
