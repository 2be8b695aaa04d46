package dev.runnel.upstream.openrouter;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads one chunk of an answer, token by token and without a tree. It ignores fields that
 * are null or of an undocumented type, and names longer than ids of models may be. Only
 * the choice with index 0 counts. JSON without choices but with the fields of an error
 * report counts as an error report, in every shape that servers send. One reader reads
 * one chunk.
 */
final class ChunkReader {

	/** The type of an object that reports an error. */
	private static final String ERROR = "error";

	/** Types of content parts that hold reasoning. */
	private static final Set<String> THOUGHTS = Set.of("thinking", "reasoning");

	/** The type of a content part that names a page. Mistral sends such parts. */
	private static final String REFERENCE = "tool_reference";

	private final JsonParser parser;

	private final boolean names;

	private @Nullable String model;

	private @Nullable String provider;

	private @Nullable Words text;

	private @Nullable Words reasoning;

	private @Nullable String finishReason;

	private @Nullable Usage usage;

	private @Nullable CitationReader citations;

	private @Nullable PictureReader pictures;

	private boolean failed;

	private boolean hasChoices;

	private boolean looksLikeReport;

	/** The last content that is one string. */
	private @Nullable Words content;

	/** The index of its quote in the JSON. */
	private int contentQuote;

	private ChunkReader(JsonParser parser, boolean names) {
		this.parser = parser;
		this.names = names;
	}

	/**
	 * Reads a chunk.
	 * @param bytes the array that holds the JSON
	 * @param offset the index of its first byte
	 * @param length the number of its bytes
	 * @param names whether to read the names of model and provider
	 * @return the content of the chunk
	 * @throws tools.jackson.core.JacksonException if it is no JSON, or exceeds the limits
	 * of {@link Json}
	 */
	static Chunk read(byte[] bytes, int offset, int length, boolean names) {
		return read(bytes, offset, length, names, (quote) -> {
		});
	}

	/**
	 * Reads a chunk, and tells where its text is.
	 * @param text takes the index of the quote before the text, counted from the first
	 * byte of the JSON, if the chunk consists of one text
	 */
	static Chunk read(byte[] bytes, int offset, int length, boolean names, IntConsumer text) {
		try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
			ChunkReader reader = new ChunkReader(parser, names);
			reader.readDocument(parser.nextToken());
			Chunk chunk = reader.chunk();
			if (reader.content != null && reader.text == reader.content && chunk.isText()) {
				text.accept(reader.contentQuote);
			}
			return chunk;
		}
	}

	private Chunk chunk() {
		return new Chunk(this.model, this.provider, Words.joined(this.text), Words.joined(this.reasoning),
				this.finishReason, this.usage, this.failed || (this.looksLikeReport && !this.hasChoices),
				(this.citations != null) ? this.citations.found() : List.of(),
				(this.pictures != null) ? this.pictures.found() : List.of());
	}

	/** Gemini reports an error as an array of objects. */
	private void readDocument(@Nullable JsonToken value) {
		if (value == JsonToken.START_ARRAY) {
			readEach(value, this::readDocument);
		}
		else if (value == JsonToken.START_OBJECT) {
			readChunk();
		}
	}

	private void readChunk() {
		for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
			JsonToken value = this.parser.nextToken();
			switch (name) {
				case "choices" -> readChoices(value);
				case "model" -> this.model = name(value);
				case "provider" -> this.provider = name(value);
				case "usage" -> readUsage(value);
				case "error" -> readError(value);
				case "citations", "search_results" -> citations().read(value);
				case "object", "type" -> this.looksLikeReport |= isError(value);
				case "message", "detail", "errors" -> readReport(value);
				default -> this.parser.skipChildren();
			}
		}
	}

	/** Compares the length first, because every good chunk has another, longer value. */
	private boolean isError(JsonToken value) {
		if (value != JsonToken.VALUE_STRING) {
			this.parser.skipChildren();
			return false;
		}
		return this.parser.getStringLength() == ERROR.length() && ERROR.equals(this.parser.getString());
	}

	private void readChoices(JsonToken value) {
		this.hasChoices = true;
		readEach(value, this::readChoice);
	}

	/** Reads the elements of an array, and skips any other value. */
	private void readEach(JsonToken value, Consumer<JsonToken> element) {
		if (value != JsonToken.START_ARRAY) {
			this.parser.skipChildren();
			return;
		}
		for (JsonToken token = this.parser.nextToken(); token != JsonToken.END_ARRAY
				&& token != null; token = this.parser.nextToken()) {
			element.accept(token);
		}
	}

	/**
	 * Reads a choice. Its index may come last, so a choice with another index is undone
	 * at the end.
	 */
	private void readChoice(JsonToken choice) {
		if (choice != JsonToken.START_OBJECT) {
			this.parser.skipChildren();
			return;
		}
		Words textBefore = this.text;
		Words reasoningBefore = this.reasoning;
		String finishBefore = this.finishReason;
		boolean failedBefore = this.failed;
		long index = 0;
		for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
			JsonToken value = this.parser.nextToken();
			switch (name) {
				case "index" -> index = UsageReader.number(this.parser, value, 0);
				case "delta" -> readDelta(value);
				case "finish_reason" -> readFinishReason(value);
				case "error" -> readError(value);
				default -> this.parser.skipChildren();
			}
		}
		if (index != 0) {
			this.text = textBefore;
			this.reasoning = reasoningBefore;
			this.finishReason = finishBefore;
			this.failed = failedBefore;
		}
	}

	private void readDelta(JsonToken value) {
		if (value != JsonToken.START_OBJECT) {
			this.parser.skipChildren();
			return;
		}
		Words details = null;
		Words refusal = null;
		for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
			JsonToken token = this.parser.nextToken();
			switch (name) {
				case "content" -> readContent(token);
				// the second is the name that DeepSeek, vLLM and llama.cpp use
				case "reasoning", "reasoning_content" ->
					this.reasoning = orElse(this.reasoning, Words.add(null, string(token)));
				case "reasoning_details" -> details = readDetails(null, token);
				case "annotations" -> citations().read(token);
				case "images" -> pictures().read(token);
				case "refusal" -> refusal = Words.add(null, string(token));
				default -> this.parser.skipChildren();
			}
		}
		// the details repeat the same words
		this.reasoning = orElse(this.reasoning, details);
		this.text = orElse(this.text, refusal);
	}

	/** Reads text, or a list of parts, which Mistral sends while a model thinks. */
	private void readContent(JsonToken value) {
		if (value == JsonToken.START_ARRAY) {
			readEach(value, this::readPart);
		}
		else {
			this.contentQuote = (int) this.parser.currentTokenLocation().getByteOffset();
			this.content = Words.add(null, string(value));
			this.text = this.content;
		}
	}

	/** Reads a part. Its type, or the name of its field, tells what it is. */
	private void readPart(JsonToken value) {
		if (value != JsonToken.START_OBJECT) {
			this.text = Words.add(this.text, string(value));
			return;
		}
		String type = null;
		String words = null;
		String url = null;
		String title = null;
		for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
			JsonToken token = this.parser.nextToken();
			switch (name) {
				case "type" -> type = string(token);
				case "text" -> words = string(token);
				case "url" -> url = string(token);
				case "title" -> title = string(token);
				case "thinking" -> this.reasoning = readThought(this.reasoning, token);
				default -> this.parser.skipChildren();
			}
		}
		if (REFERENCE.equals(type)) {
			citations().add(url, title);
		}
		else {
			addPart(type, words);
		}
	}

	private void addPart(@Nullable String type, @Nullable String words) {
		if (type != null && THOUGHTS.contains(type)) {
			this.reasoning = Words.add(this.reasoning, words);
		}
		else {
			this.text = Words.add(this.text, words);
		}
	}

	private @Nullable Words readThought(@Nullable Words before, JsonToken value) {
		return (value == JsonToken.START_ARRAY) ? readDetails(before, value) : Words.add(before, string(value));
	}

	private @Nullable Words readDetails(@Nullable Words before, JsonToken value) {
		Gathered gathered = new Gathered(before);
		readEach(value, (detail) -> gathered.add(readDetail(detail)));
		return gathered.words;
	}

	private @Nullable String readDetail(JsonToken detail) {
		if (detail != JsonToken.START_OBJECT) {
			return string(detail);
		}
		String words = null;
		for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
			JsonToken value = this.parser.nextToken();
			switch (name) {
				case "text", "summary" -> words = orElse(words, string(value));
				default -> this.parser.skipChildren();
			}
		}
		return words;
	}

	private CitationReader citations() {
		if (this.citations == null) {
			this.citations = new CitationReader(this.parser);
		}
		return this.citations;
	}

	private PictureReader pictures() {
		if (this.pictures == null) {
			this.pictures = new PictureReader(this.parser);
		}
		return this.pictures;
	}

	private void readFinishReason(JsonToken value) {
		this.finishReason = string(value);
		this.failed |= this.finishReason != null && FinishReasons.isFailure(this.finishReason);
	}

	/** Only error reports have these fields. They count if they hold a value. */
	private void readReport(JsonToken value) {
		this.looksLikeReport |= value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY
				|| string(value) != null;
		this.parser.skipChildren();
	}

	/** Some servers send an error that is null or false with every good chunk. */
	private void readError(JsonToken value) {
		this.failed |= value != JsonToken.VALUE_NULL && value != JsonToken.VALUE_FALSE;
		this.parser.skipChildren();
	}

	private void readUsage(JsonToken value) {
		Usage read = new UsageReader(this.parser).read(value);
		this.usage = (read != null) ? read : this.usage;
	}

	private @Nullable String name(JsonToken value) {
		String name = this.names ? string(value) : null;
		if (!this.names) {
			this.parser.skipChildren();
		}
		return (name != null && name.length() <= Model.MAX_ID_CHARS) ? Model.line(name) : null;
	}

	/** A text that is not empty; null for any other value. */
	private @Nullable String string(JsonToken value) {
		if (value != JsonToken.VALUE_STRING) {
			this.parser.skipChildren();
			return null;
		}
		String string = this.parser.getString();
		return string.isEmpty() ? null : string;
	}

	private static @Nullable Words orElse(@Nullable Words value, @Nullable Words otherwise) {
		return (value != null) ? value : otherwise;
	}

	private static @Nullable String orElse(@Nullable String value, @Nullable String otherwise) {
		return (value != null) ? value : otherwise;
	}

	/** The texts of an array. */
	private static final class Gathered {

		private @Nullable Words words;

		Gathered(@Nullable Words before) {
			this.words = before;
		}

		void add(@Nullable String text) {
			this.words = Words.add(this.words, text);
		}

	}

}
