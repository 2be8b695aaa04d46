package dev.runnel.conversation.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import dev.runnel.web.ProblemException;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Keeps the bytes of files in the database, which several servers share, or which is in
 * memory. They are in pieces, so that no statement has a whole file.
 */
final class ContentsInTable implements AttachmentContents {

	private static final String INSERT = "insert into attachment_piece (content_id, number, bytes)"
			+ " values (:id, :number, :bytes)";

	private static final String SELECT = "select bytes from attachment_piece where content_id = :id and number = :number";

	private final Database database;

	ContentsInTable(Database database) {
		this.database = database;
	}

	/** The pieces of an earlier try were rolled back with its transaction. */
	@Override
	public Mono<Void> write(DatabaseClient client, UUID id, Path from) {
		return Flux.using(() -> Files.newInputStream(from), ContentsInFolder::pieces, ContentsInFolder::close)
			.subscribeOn(Schedulers.boundedElastic())
			.index()
			.concatMap((piece) -> client.sql(INSERT)
				.bind("id", id)
				.bind("number", Math.toIntExact(piece.getT1()))
				.bind("bytes", piece.getT2())
				.then(), 1)
			.then();
	}

	/** One piece at a time: a reader that is slow keeps no connection. */
	@Override
	public Flux<byte[]> read(UUID id) {
		return Flux.range(0, Integer.MAX_VALUE)
			.concatMap((number) -> piece(id, number).defaultIfEmpty(new byte[0]), 0)
			.takeWhile((piece) -> piece.length > 0)
			.switchIfEmpty(Flux.error(() -> ProblemException.notFound("file")));
	}

	private Mono<byte[]> piece(UUID id, int number) {
		return this.database.read(
				(client) -> client.sql(SELECT).bind("id", id).bind("number", number).map(ContentsInTable::bytes).all())
			.next();
	}

	private static byte[] bytes(Readable row) {
		byte[] bytes = row.get("bytes", byte[].class);
		return (bytes != null) ? bytes : new byte[0];
	}

	/** The pieces are deleted with the row of the content. */
	@Override
	public Mono<Void> delete(UUID id) {
		return Mono.empty();
	}

}
