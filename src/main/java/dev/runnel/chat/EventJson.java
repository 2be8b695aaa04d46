package dev.runnel.chat;

import java.util.List;

import dev.runnel.markdown.BlockPatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Encodes each event as one line of JSON, without building a tree.
 */
final class EventJson {

	/** Few threads write many events, so buffers are kept per thread. */
	private static final JsonFactory FACTORY = JsonFactory.builder()
		.recyclerPool(JsonRecyclerPools.threadLocalPool())
		.build();

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

	/**
	 * Writes patches as a field.
	 * @param json the generator to write to
	 * @param name the name of the field
	 * @param patches the patches; null for no field
	 */
	static void writePatches(JsonGenerator json, String name, @Nullable List<BlockPatch> patches) {
		if (patches == null) {
			return;
		}
		json.writeArrayPropertyStart(name);
		for (BlockPatch patch : patches) {
			json.writeStartObject();
			json.writeNumberProperty("block", patch.block());
			json.writeNumberProperty("keep", patch.keep());
			json.writeStringProperty("html", patch.html());
			json.writeEndObject();
		}
		json.writeEndArray();
	}

}
