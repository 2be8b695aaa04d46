package dev.runnel.web;

/**
 * Who asks. Everything that is stored or runs belongs to one visitor, and to another it
 * does not exist. A handler method takes it as a parameter.
 *
 * @param id opaque, never shown and never sent upstream as it is
 */
public record Visitor(String id) {

	/** The exchange attribute under which the visitor is found. */
	public static final String ATTRIBUTE = Visitor.class.getName();

}
