package dev.runnel.imports;

import java.io.IOException;
import java.io.InputStream;

import dev.runnel.web.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;

/**
 * Reads a JSON file that contains one conversation or an array of them. A refused
 * conversation does not affect the others, as long as the JSON itself is well-formed.
 */
final class JsonSource implements ImportSource {

	private final String name;

	private final InputStream in;

	private final ConversationParser parser;

	private @Nullable JsonParser json;

	private int index = -1;

	private boolean inArray;

	private boolean ended;

	/**
	 * Creates the source.
	 * @param name the name of the file in a zip; empty for a file by itself
	 * @param in the file, which {@link #close} closes
	 * @param parser reads a conversation
	 */
	JsonSource(String name, InputStream in, ConversationParser parser) {
		this.name = name.isEmpty() ? "the file" : name;
		this.in = in;
		this.parser = parser;
	}

	@Override
	public @Nullable ImportItem next() {
		if (this.ended) {
			return null;
		}
		try {
			return item(opened());
		}
		catch (JacksonException ex) {
			this.ended = true;
			return broken(ex);
		}
	}

	private JsonParser opened() {
		if (this.json == null) {
			this.json = this.parser.open(this.in);
		}
		return this.json;
	}

	private @Nullable ImportItem item(JsonParser json) {
		JsonToken token = nextToken(json);
		if (isEnd(token)) {
			return end(token);
		}
		this.index++;
		ImportItem item = (token == JsonToken.START_OBJECT) ? conversation(json) : noConversation(json);
		this.ended = !this.inArray;
		return item;
	}

	/** Returns the beginning of the next item. Enters the array that holds all items. */
	private @Nullable JsonToken nextToken(JsonParser json) {
		JsonToken token = json.nextToken();
		if (this.index < 0 && token == JsonToken.START_ARRAY) {
			this.inArray = true;
			return json.nextToken();
		}
		return token;
	}

	private static boolean isEnd(@Nullable JsonToken token) {
		return token == null || token == JsonToken.END_ARRAY;
	}

	private @Nullable ImportItem end(@Nullable JsonToken token) {
		this.ended = true;
		return (this.inArray && token != null) ? null : refuse("is empty", Cause.of(Reason.FILE_EMPTY));
	}

	private ImportItem noConversation(JsonParser json) {
		json.skipChildren();
		return refuse("is not a conversation", Cause.UNKNOWN);
	}

	/**
	 * Reads a conversation. After a refusal, skips to its end, so that the next one can
	 * be read.
	 */
	private ImportItem conversation(JsonParser json) {
		TokenStreamContext outside = json.streamReadContext().getParent();
		try {
			ConversationParser.Parsed parsed = this.parser.parse(json);
			return new ImportItem.Found(where(), parsed.conversation(), parsed.omissions(), parsed.files());
		}
		catch (RefusedException ex) {
			JsonFields.skipTo(json, outside);
			return ex.at(where());
		}
	}

	private ImportItem broken(JacksonException ex) {
		if (ex.getCause() instanceof UnpackBound.TooLargeException bound) {
			return refuse(String.valueOf(bound.getMessage()), Cause.TOO_LARGE);
		}
		if (this.json == null) {
			return refuse("cannot be read", Cause.DAMAGED);
		}
		boolean begun = this.index >= 0;
		return refuse(BrokenJson.reason(ex, this.json.currentLocation()), begun ? BrokenJson.cause(ex) : Cause.UNKNOWN);
	}

	private ImportItem refuse(String reason, Cause cause) {
		return new ImportItem.Refused(where(), reason, cause);
	}

	private String where() {
		return (this.inArray && this.index >= 0) ? this.name + " [" + this.index + "]" : this.name;
	}

	@Override
	public void close() throws IOException {
		this.in.close();
	}

}
