package dev.runnel.web;

/**
 * The owner of conversations. All stored data and all running turns belong to one visitor
 * and do not exist for other visitors. A handler method takes it as a parameter.
 *
 * @param id an opaque id, never shown and never sent upstream in this form
 */
public record Visitor(String id) {

	/**
	 * The one visitor of a server that belongs to one owner. No cookie of a visitor
	 * contains this id, because those are random.
	 */
	public static final Visitor OWNER = new Visitor("owner");

	/** The exchange attribute that contains the visitor. */
	public static final String ATTRIBUTE = Visitor.class.getName();

}
