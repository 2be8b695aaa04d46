package dev.runnel.chat;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * Encodes each event as one line of JSON, without building a tree.
 */
final class EventJson {

	private static final JsonFactory FACTORY = JsonFactory.builder().build();

	private EventJson() {
	}

	static byte[] encode(ChatEvent event) {
		ByteArrayBuilder bytes = new ByteArrayBuilder();
		try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
			json.writeStartObject();
			event.writeFields(json);
			json.writeEndObject();
		}
		return bytes.toByteArray();
	}

}
