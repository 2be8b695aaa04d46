package dev.runnel.export;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads the numbers of attached files. Of a longer list than a message can have, it keeps
 * one number more, so that the list is refused and takes no memory.
 */
final class AttachmentNumbers extends StdDeserializer<List<Integer>> {

	AttachmentNumbers() {
		super(List.class);
	}

	@Override
	public List<Integer> deserialize(JsonParser json, DeserializationContext context) {
		if (json.currentToken() != JsonToken.START_ARRAY) {
			return context.reportInputMismatch(this, "needs a list of numbers");
		}
		List<Integer> numbers = new ArrayList<>();
		while (json.nextToken() != JsonToken.END_ARRAY) {
			if (numbers.size() <= FileMessage.MAX_ATTACHMENTS) {
				numbers.add(json.getValueAsInt());
			}
			json.skipChildren();
		}
		return numbers;
	}

}
