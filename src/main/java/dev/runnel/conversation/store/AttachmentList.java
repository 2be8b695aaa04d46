package dev.runnel.conversation.store;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runnel.upstream.Attachment;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The attachments of a message as JSON in its row, so that a conversation is read from
 * one table. The content of a file is never in it.
 */
final class AttachmentList {

	private static final JsonMapper JSON = JsonMapper.shared();

	private AttachmentList() {
	}

	static @Nullable String write(List<Attachment> attachments) {
		return attachments.isEmpty() ? null
				: ConversationText.storable(JSON.writeValueAsString(attachments.stream().map(Row::of).toList()));
	}

	static List<Attachment> read(@Nullable String json) {
		return (json != null) ? List.of(JSON.readValue(json, Row[].class)).stream().map(Row::toAttachment).toList()
				: List.of();
	}

	/** One file; a record of its own, because its names are stored. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Row(UUID id, String name, String type, long size, @Nullable Integer pages, @Nullable Integer width,
			@Nullable Integer height, boolean text, int tokens) {

		static Row of(Attachment file) {
			return new Row(file.id(), file.name(), file.type(), file.size(), file.pages(), file.width(), file.height(),
					file.hasText(), file.tokens());
		}

		Attachment toAttachment() {
			return new Attachment(this.id, this.name, this.type, this.size, this.pages, this.width, this.height,
					this.text, this.tokens);
		}

	}

}
