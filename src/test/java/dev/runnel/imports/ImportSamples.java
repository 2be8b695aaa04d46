package dev.runnel.imports;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.runnel.conversation.ImportedConversation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;

import org.springframework.util.unit.DataSize;

/**
 * Reads files like an import.
 */
public final class ImportSamples {

	static final ImportSettings SETTINGS = new ImportSettings(DataSize.ofMegabytes(64), Duration.ofMinutes(5),
			DataSize.ofMegabytes(512), 10_000, 5000, 1_048_576, 16_777_216);

	/** Created once, because a thousand of them take a minute. */
	private static final Validator VALIDATOR = Validation.buildDefaultValidatorFactory().getValidator();

	private ImportSamples() {
	}

	static ConversationParser parser(ImportSettings settings) {
		return new ConversationParser(List.of(), VALIDATOR, settings);
	}

	/** Returns all items of a JSON file. */
	static List<ImportItem> read(String json, ImportSettings settings) {
		return all(
				new JsonSource("", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), parser(settings)));
	}

	static List<ImportItem> all(ImportSource source) {
		List<ImportItem> items = new ArrayList<>();
		for (ImportItem item = source.next(); item != null; item = source.next()) {
			items.add(item);
		}
		return items;
	}

	/** Returns the only conversation of a JSON file. */
	public static ImportedConversation readOne(String json) {
		List<ImportItem> items = read(json, SETTINGS);
		if (items.size() == 1 && items.get(0) instanceof ImportItem.Found found) {
			return found.conversation();
		}
		throw new AssertionError("not one conversation: " + items);
	}

	/** Returns the refusal of the only item of a JSON file. */
	static ImportItem.Refused refused(String json) {
		List<ImportItem> items = read(json, SETTINGS);
		if (items.size() == 1 && items.get(0) instanceof ImportItem.Refused refused) {
			return refused;
		}
		throw new AssertionError("not refused: " + items);
	}

}
