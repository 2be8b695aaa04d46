package dev.runnel.imports;

import tools.jackson.core.JsonParser;

/**
 * Reads a conversation of one other program, field by field.
 */
interface ForeignReader {

	/**
	 * Reads a field. A field that the program does not use is skipped.
	 * @param json the parser, at the value of the field
	 * @param name the name of the field
	 */
	void read(JsonParser json, String name);

	/**
	 * Returns whether the conversation is one of this program.
	 * @return true if the fields read so far identify the program
	 */
	boolean isRecognised();

	/**
	 * Returns the conversation, after all fields are read.
	 * @return the conversation and the counts of the parts that are left out
	 * @throws RefusedException if it cannot be imported
	 */
	ConversationParser.Parsed toParsed();

}
