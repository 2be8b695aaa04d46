package dev.runnel.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.SettingsBody;
import dev.runnel.export.FileForm;
import dev.runnel.export.FileMessage;
import dev.runnel.web.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A conversation in Runnel's own format, while it is read. Every value is checked before
 * use.
 */
final class OwnConversation {

	private static final FieldTable<OwnConversation> FIELDS = new FieldTable<OwnConversation>()
		.with("format", (own, json) -> own.format = JsonFields.textOrNull(json))
		.with("version", (own, json) -> own.version = ImportValues.read(json, Integer.class, "version"))
		.with("title", (own, json) -> own.title = JsonFields.text(json, "title"))
		.with("titledByHand", (own, json) -> own.titledByHand = JsonFields.flag(json, "titledByHand"))
		.with("pinned", (own, json) -> own.pinned = JsonFields.flag(json, "pinned"))
		.with("createdAt", (own, json) -> own.createdAt = time(json, "createdAt"))
		.with("updatedAt", (own, json) -> own.updatedAt = time(json, "updatedAt"))
		.with("origin", (own, json) -> own.origin = JsonFields.textOrNull(json))
		.with("settings", (own, json) -> own.settings = ImportValues.read(json, SettingsBody.class, "settings"))
		.with("messages", OwnConversation::readMessages)
		.with("files", OwnConversation::readFiles)
		.with("current", (own, json) -> own.current = ImportValues.read(json, Integer.class, "current"));

	private static final SettingsBody NO_SETTINGS = new SettingsBody(null, null, null, null, null, null, null);

	private final ImportLimits limits;

	private final ImportedFiles files;

	private final List<OwnMessage> messages = new ArrayList<>();

	/** The attached files by their number in the file. */
	private final Map<Integer, ImportedFile> attached = new LinkedHashMap<>();

	private @Nullable String format;

	private @Nullable Integer version;

	private @Nullable String title;

	private boolean hasMessages;

	private boolean titledByHand;

	private boolean pinned;

	private @Nullable String createdAt;

	private @Nullable String updatedAt;

	private @Nullable String origin;

	private @Nullable SettingsBody settings;

	private @Nullable Integer current;

	OwnConversation(ImportLimits limits, ImportedFiles files) {
		this.limits = limits;
		this.files = files;
	}

	/**
	 * Reads a field.
	 * @param json the parser, at the value of the field
	 * @param name the name of the field
	 */
	void read(JsonParser json, String name) {
		FIELDS.read(this, json, name);
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
		FileMessage message = ImportValues.read(json, FileMessage.class, place);
		if (message == null) {
			throw new RefusedException("has nothing in " + place);
		}
		OwnMessage own = new OwnMessage(message, place);
		own.countTexts(this.limits);
		this.messages.add(own);
	}

	/** Other programs have other things in a field of this name. */
	private void readFiles(JsonParser json) {
		if (hasFormat()) {
			JsonFields.elements(json, () -> readFile(json));
		}
	}

	private void readFile(JsonParser json) {
		String place = "files[" + this.attached.size() + "]";
		OwnFile file = new OwnFile(this.files, place).read(json);
		if (this.attached.putIfAbsent(file.number(), file.toFile()) != null) {
			throw new RefusedException("needs a unique id in " + place);
		}
	}

	/**
	 * Returns the attached files.
	 * @return the files, which messages have as attachments
	 */
	List<ImportedFile> files() {
		return List.copyOf(this.attached.values());
	}

	private static @Nullable String time(JsonParser json, String name) {
		String time = JsonFields.text(json, name);
		ImportLimits.checkValue(time, name);
		return time;
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
		if (!Objects.equals(this.version, FileForm.VERSION)) {
			boolean newer = this.version != null && this.version > FileForm.VERSION;
			throw new RefusedException(
					"has the version " + this.version + ", and only " + FileForm.VERSION + " can be read",
					newer ? Cause.of(Reason.IMPORT_NEWER) : Cause.INVALID);
		}
		if (!this.hasMessages) {
			throw new RefusedException("needs a list of messages");
		}
		SettingsBody kept = Objects.requireNonNullElse(this.settings, NO_SETTINGS);
		rules.accept(kept);
		ImportedTree tree = new ImportedTree();
		this.messages.forEach((message) -> message.addTo(tree, this.attached));
		return new ImportedConversation(tree.title(this.title), this.titledByHand, this.pinned,
				ImportValues.time(this.createdAt, "createdAt"), ImportValues.time(this.updatedAt, "updatedAt"),
				tree.end(this.current), kept.toSettings(), tree.messages(), ImportValues.origin(this.origin));
	}

}
