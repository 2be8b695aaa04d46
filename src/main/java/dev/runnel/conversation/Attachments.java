package dev.runnel.conversation;

import java.util.List;
import java.util.UUID;

import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.AttachmentReader;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

/**
 * The files that visitors attach to their questions. A file is deleted with the last
 * conversation that has it, or some time after its upload if no question has it.
 * <p>
 * A method sees only the visitor's own files. If the database cannot be reached, the
 * {@link dev.runnel.web.ProblemException} has the status 503.
 */
public interface Attachments extends AttachmentReader {

	/**
	 * Stores a file.
	 * @param visitor the owner
	 * @param file the file, whose content was checked
	 * @return the stored file; a problem ({@code storage_full}) if the visitor or the
	 * server has no room
	 */
	Mono<Attachment> add(Visitor visitor, NewAttachment file);

	/**
	 * Finds a file.
	 * @param visitor the owner
	 * @param id the id of the file
	 * @return the file; a problem ({@code not_found}) if there is none
	 */
	Mono<Attachment> get(Visitor visitor, UUID id);

	/**
	 * Finds the files of a question.
	 * @param visitor the owner
	 * @param ids their ids; one that comes twice counts once
	 * @return the files in the order of the ids; a problem ({@code invalid_request}) if
	 * one is missing
	 */
	Mono<List<Attachment>> find(Visitor visitor, List<UUID> ids);

	/**
	 * Reads the text of a file.
	 * @param attachment the file
	 * @return its text; empty if it has none
	 */
	Mono<String> text(Attachment attachment);

	/**
	 * Deletes a file that no question has. Another one stays.
	 * @param visitor the owner
	 * @param id the id of the file
	 * @return completes when the file is gone, or if it stays; a problem
	 * ({@code not_found}) if there is none
	 */
	Mono<Void> discard(Visitor visitor, UUID id);

}
