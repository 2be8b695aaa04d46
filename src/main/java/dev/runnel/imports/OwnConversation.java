package dev.runnel.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.SettingsBody;
import dev.runnel.export.FileMessage;
import dev.runnel.export.FileForm;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;

/**
 * A conversation in Runnel's own format, while it is read. Every value is checked before
 * use.
 */
final class OwnConversation {

	private final ImportLimits limits;

	private final List<OwnMessage> messages = new ArrayList<>();

	private @Nullable String format;

	private @Nullable Integer version;

	private @Nullable String title;

	private boolean hasMessages;

	private boolean titledByHand;

	private boolean pinned;

	private @Nullable String createdAt;

	private @Nullable String updatedAt;

	private @Nullable SettingsBody settings;

	private @Nullable Integer current;

	OwnConversation(ImportLimits limits) {
		this.limits = limits;
	}

	/**
	 * Reads a field.
	 * @param json the parser, at the value of the field
	 * @param name the name of the field
	 */
	void read(JsonParser json, String name) {
		switch (name) {
			case "format" -> this.format = JsonFields.textOrNull(json);
			case "version" -> this.version = value(json, Integer.class, name);
			case "title" -> this.title = JsonFields.text(json, name);
			case "titledByHand" -> this.titledByHand = JsonFields.flag(json, name);
			case "pinned" -> this.pinned = JsonFields.flag(json, name);
			case "createdAt" -> this.createdAt = time(json, name);
			case "updatedAt" -> this.updatedAt = time(json, name);
			case "settings" -> this.settings = value(json, SettingsBody.class, name);
			case "messages" -> readMessages(json);
			case "current" -> this.current = value(json, Integer.class, name);
			default -> {
				// The field is unknown or belongs to ChatGPT's format.
			}
		}
	}

	private void readMessages(JsonParser json) {
		if (json.currentToken() != JsonToken.START_ARRAY) {
			throw new RefusedException("has messages that are not a list");
		}
		this.hasMessages = true;
		JsonFields.elements(json, () -> readMessage(json));
	}

	private void readMessage(JsonParser json) {
		String place = "messages[" + this.messages.size() + "]";
		FileMessage message = value(json, FileMessage.class, place);
		if (message == null) {
			throw new RefusedException("has nothing in " + place);
		}
		OwnMessage own = new OwnMessage(message, place);
		own.countTexts(this.limits);
		this.messages.add(own);
	}

	private static @Nullable String time(JsonParser json, String name) {
		String time = JsonFields.text(json, name);
		ImportLimits.checkValue(time, name);
		return time;
	}

	private static <T> @Nullable T value(JsonParser json, Class<T> type, String place) {
		if (json.currentToken() == JsonToken.VALUE_NULL) {
			return null;
		}
		try {
			return json.readValueAs(type);
		}
		catch (DatabindException | InputCoercionException ex) {
			throw new RefusedException("has a value of the wrong type in " + place + path(ex));
		}
	}

	private static String path(JacksonException ex) {
		return ex.getPath()
			.stream()
			.map(JacksonException.Reference::getPropertyName)
			.map((name) -> "." + name)
			.collect(Collectors.joining());
	}

	/**
	 * Returns whether the file says that this is a conversation of Runnel.
	 * @return true if the format has the right name
	 */
	boolean hasFormat() {
		return FileForm.NAME.equals(this.format);
	}

	/**
	 * Returns the conversation.
	 * @param rules throws if an object breaks its validation annotations
	 * @return the conversation
	 * @throws RefusedException if it cannot be imported
	 */
	ImportedConversation toConversation(Consumer<Object> rules) {
		if (this.version == null || this.version != FileForm.VERSION) {
			throw new RefusedException(
					"has the version " + this.version + ", and only " + FileForm.VERSION + " can be read");
		}
		if (!this.hasMessages) {
			throw new RefusedException("needs a list of messages");
		}
		SettingsBody kept = (this.settings != null) ? this.settings
				: new SettingsBody(null, null, null, null, null, null);
		rules.accept(kept);
		ImportedTree tree = new ImportedTree();
		this.messages.forEach((message) -> message.addTo(tree));
		return new ImportedConversation(tree.title(this.title), this.titledByHand, this.pinned,
				ImportValues.time(this.createdAt, "createdAt"), ImportValues.time(this.updatedAt, "updatedAt"),
				tree.end(this.current), kept.toSettings(), tree.messages());
	}

}
