package dev.runnel.web;

/**
 * The owner of conversations. All stored data and all running turns belong to one visitor
 * and do not exist for other visitors. A handler method takes it as a parameter.
 *
 * @param id an opaque id, never shown and never sent upstream in this form
 */
public record Visitor(String id) {

	/** The exchange attribute that contains the visitor. */
	public static final String ATTRIBUTE = Visitor.class.getName();

}
