package dev.runnel.conversation;

import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

/**
 * Changes all conversations and presets of a visitor together.
 */
public interface Libraries {

	/** The owner of what no visitor owns any more. No visitor has this id. */
	Visitor NOBODY = new Visitor("");

	/** Begins the id of an heir that is no visitor yet, and no id of a visitor. */
	String PENDING = "~";

	/**
	 * Returns whether a visitor has conversations.
	 * @param visitor the visitor
	 * @return true if there is at least one
	 */
	Mono<Boolean> hasConversations(Visitor visitor);

	/**
	 * Gives all conversations and presets of a visitor to another one, all of them or
	 * none.
	 * @param from the previous owner
	 * @param to the new owner
	 * @return completes when it is done; a problem with the status 409 while an answer is
	 * being written
	 */
	Mono<Void> handOver(Visitor from, Visitor to);

	/**
	 * Deletes all conversations and presets of a visitor. Running answers in them end.
	 * What the visitor spent stays.
	 * @param visitor the owner
	 * @return completes when everything is deleted; after an error it can be called again
	 */
	Mono<Void> deleteAll(Visitor visitor);

}
