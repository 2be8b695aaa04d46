package dev.runnel.export;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.SettingsBody;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.EmbeddedFiles;
import dev.runnel.web.JsonPieces;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;

/**
 * The whole tree as JSON, which {@code imports} can read. {@code docs/export.md}
 * describes the format.
 */
final class JsonFormat implements ExportFormat {

	private final JsonMapper mapper;

	JsonFormat(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public String name() {
		return "json";
	}

	@Override
	public String extension() {
		return "json";
	}

	@Override
	public MediaType type() {
		return MediaType.APPLICATION_JSON;
	}

	@Override
	public boolean wholeTree() {
		return true;
	}

	@Override
	public ConversationWriter write(ConversationHead head, FileWords words) {
		return write(head);
	}

	/** Starts a file. It is the same in all languages. */
	ConversationWriter write(ConversationHead head) {
		return new Writer(this.mapper, head);
	}

	/** Numbers the messages in the order in which it receives them. */
	private static final class Writer implements ConversationWriter {

		private final JsonPieces pieces;

		private final ConversationHead head;

		private final Map<MessageId, Integer> numbers = new HashMap<>();

		/** The attached files in the order in which messages have them. */
		private final Map<UUID, Attachment> files = new LinkedHashMap<>();

		private final Map<UUID, Integer> fileNumbers = new HashMap<>();

		Writer(JsonMapper mapper, ConversationHead head) {
			this.pieces = new JsonPieces(mapper);
			this.head = head;
		}

		@Override
		public byte[] start() {
			JsonGenerator json = this.pieces.json();
			json.writeStartObject();
			json.writeStringProperty("format", FileForm.NAME);
			json.writeNumberProperty("version", FileForm.VERSION);
			json.writeStringProperty("title", this.head.title());
			json.writeBooleanProperty("titledByHand", this.head.titledByHand());
			json.writeBooleanProperty("pinned", this.head.pinned());
			json.writeStringProperty("createdAt", this.head.createdAt().toString());
			json.writeStringProperty("updatedAt", this.head.updatedAt().toString());
			json.writeStringProperty("origin", this.head.exportedOrigin());
			json.writePOJOProperty("settings", SettingsBody.of(this.head.settings()));
			json.writeArrayPropertyStart("messages");
			return this.pieces.take();
		}

		@Override
		public EmbeddedFiles message(Message message) {
			this.numbers.put(message.id(), this.numbers.size() + 1);
			this.pieces.json()
				.writePOJO(FileMessage.of(message, this.numbers.size(), number(message.parent()),
						message.attachments().stream().map(this::numberOf).toList()));
			return EmbeddedFiles.in(this.pieces.take(), List.of());
		}

		/** A file that several messages have is written once. */
		private Integer numberOf(Attachment file) {
			this.files.putIfAbsent(file.id(), file);
			return this.fileNumbers.computeIfAbsent(file.id(), (id) -> this.files.size());
		}

		private @Nullable Integer number(@Nullable MessageId id) {
			return (id != null) ? this.numbers.get(id) : null;
		}

		@Override
		public EmbeddedFiles end() {
			JsonGenerator json = this.pieces.json();
			json.writeEndArray();
			if (!this.files.isEmpty()) {
				json.writeArrayPropertyStart("files");
				this.files.values().forEach(this::write);
				json.writeEndArray();
			}
			json.writePOJOProperty("current", number(this.head.current()));
			json.writeEndObject();
			json.writeRaw('\n');
			return EmbeddedFiles.in(this.pieces.take(), List.copyOf(this.files.values()));
		}

		private void write(Attachment file) {
			JsonGenerator json = this.pieces.json();
			json.writeStartObject();
			json.writePOJOProperty("id", this.fileNumbers.get(file.id()));
			json.writeStringProperty("name", file.name());
			json.writeStringProperty("type", file.type());
			json.writeStringProperty("data", EmbeddedFiles.mark(file));
			json.writeEndObject();
		}

	}

}
