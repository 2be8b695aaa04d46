package dev.runnel.conversation.store;

import java.nio.file.Path;
import java.util.UUID;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The place where the bytes of files are kept. Each content has an id of its own, which
 * is never used again.
 */
sealed interface AttachmentContents permits ContentsInFolder, ContentsInTable {

	/** The size of a piece, in bytes. */
	int PIECE_BYTES = 32 * 1024;

	/**
	 * Writes a content.
	 * @param client the client of the transaction, which has inserted the row of the
	 * content
	 * @param id the id of the content
	 * @param from the file with the bytes
	 * @return completes when the content is written; a second call replaces it
	 */
	Mono<Void> write(DatabaseClient client, UUID id, Path from);

	/**
	 * Reads a content, as fast as the pieces are requested.
	 * @param id the id of the content
	 * @return the bytes in pieces; a problem ({@code not_found}) if there is none
	 */
	Flux<byte[]> read(UUID id);

	/**
	 * Deletes what is left of a content whose row was deleted.
	 * @param id the id of the content
	 * @return completes when nothing is left
	 */
	Mono<Void> delete(UUID id);

}
