package dev.runnel.imports;

import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import jakarta.validation.Validator;

import dev.runnel.conversation.ImportedConversation;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.stereotype.Component;

/**
 * Reads uploaded conversations from JSON, in Runnel's own format or that of another
 * program.
 */
@Component
final class ConversationParser {

	/**
	 * The maximum depth of JSON. LibreChat writes each message into the one before it,
	 * two levels deeper.
	 */
	private static final int MAX_DEPTH = 5000;

	private final JsonMapper mapper;

	private final Validator validator;

	private final ImportSettings settings;

	private final Supplier<ImportLimits> rooms;

	@Autowired
	ConversationParser(List<JsonMapperBuilderCustomizer> customizers, Validator validator, ImportSettings settings) {
		JsonMapper.Builder builder = JsonMapper.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(MAX_DEPTH)
				.maxNumberLength(100)
				.maxNameLength(JsonFields.NAME_CHARS)
				// The parser allows more than the limit, so that a message slightly too
				// long is refused with a reason that names the conversation.
				.maxStringLength(4 * settings.maxMessageChars())
				.build())
			.build());
		customizers.forEach((customizer) -> customizer.customize(builder));
		this.mapper = builder.build();
		this.validator = validator;
		this.settings = settings;
		this.rooms = () -> new ImportLimits(settings);
	}

	private ConversationParser(ConversationParser other, ImportMemory memory) {
		this.mapper = other.mapper;
		this.validator = other.validator;
		this.settings = other.settings;
		this.rooms = () -> {
			memory.beginConversation();
			return new ImportLimits(other.settings, memory::take);
		};
	}

	/**
	 * Creates a parser for one import that counts the memory of each conversation.
	 * @param memory the memory of the import
	 * @return a parser that refuses a conversation if the server has no memory for it
	 */
	ConversationParser within(ImportMemory memory) {
		return new ConversationParser(this, memory);
	}

	/**
	 * Opens a file.
	 * @param in the file
	 * @return a parser with limits, which closes the file
	 */
	JsonParser open(InputStream in) {
		return this.mapper.createParser(in);
	}

	/**
	 * Reads a conversation.
	 * @param json the parser, at the beginning of an object
	 * @return the conversation
	 * @throws RefusedException if the object is not a conversation or cannot be imported
	 * @throws JacksonException if the JSON is malformed or exceeds a limit
	 */
	Parsed parse(JsonParser json) {
		UnknownConversation reading = new UnknownConversation(this.settings, this.rooms.get());
		TokenStreamContext conversation = json.streamReadContext();
		JsonFields.each(json, (name) -> reading.read(json, name, conversation));
		return reading.end(this::check);
	}

	/** Checks the validation annotations of an object. */
	private void check(Object value) {
		String broken = this.validator.validate(value)
			.stream()
			.map((violation) -> violation.getPropertyPath() + " " + violation.getMessage())
			.sorted()
			.collect(Collectors.joining(", "));
		if (!broken.isEmpty()) {
			throw new RefusedException("has settings that break a rule: " + broken);
		}
	}

	/**
	 * A conversation from a file.
	 *
	 * @param conversation the part that can be imported
	 * @param omissions counts the parts that are left out
	 */
	record Parsed(ImportedConversation conversation, Omissions omissions) {
	}

}
