package dev.runnel.imports;

import java.nio.file.Path;
import java.util.function.Function;

import dev.runnel.attachments.FileUploads;
import dev.runnel.conversation.Conversations;
import dev.runnel.data.TemporaryFiles;
import dev.runnel.imports.ImportResult.Skipped;
import dev.runnel.memory.MemoryAccount;
import dev.runnel.uploads.UploadRoom;
import dev.runnel.uploads.UploadedFile;
import dev.runnel.web.Caller;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.function.Tuple2;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.stereotype.Component;

/**
 * Imports the conversations of a file one at a time. Each conversation is imported as a
 * whole or not at all.
 */
@Component
final class Imports {

	private final Conversations conversations;

	private final AttachedImport attached;

	private final UploadedItems source;

	private final TemporaryFiles files;

	private final MemoryAccount memory;

	private final ImportSettings settings;

	private final ImportGate gate = new ImportGate();

	private final UploadRoom room;

	Imports(Conversations conversations, FileUploads uploads, ConversationParser parser, TemporaryFiles files,
			MemoryAccount memory, ImportSettings settings) {
		this.conversations = conversations;
		this.attached = new AttachedImport(uploads);
		this.source = new UploadedItems(parser, settings);
		this.files = files;
		this.memory = memory;
		this.settings = settings;
		this.room = new UploadRoom(settings.maxSize());
	}

	/**
	 * Imports a file.
	 * @param caller the sender, who owns the imported conversations
	 * @param body the file
	 * @param zip whether the file is a zip; otherwise it is JSON
	 * @return the imported and the skipped items; a problem if all were skipped or if too
	 * many imports run
	 */
	Mono<ImportResult> run(Caller caller, Flux<DataBuffer> body, boolean zip) {
		return each(caller, body, zip, (found) -> add(caller.visitor(), found))
			.delayUntil((result) -> this.conversations.flush())
			.map(ImportResult::orProblem);
	}

	/**
	 * Reads a file like an import, and stores nothing.
	 * @param caller the sender
	 * @param body the file
	 * @param zip whether the file is a zip; otherwise it is JSON
	 * @return the items that an import would store and those that it would skip; the same
	 * problems as an import
	 */
	Mono<ImportResult> preview(Caller caller, Flux<DataBuffer> body, boolean zip) {
		return each(caller, body, zip, (found) -> Mono.just(ImportResult.Previewed.of(found)))
			.map(ImportResult::orProblem);
	}

	private Mono<ImportResult> each(Caller caller, Flux<DataBuffer> body, boolean zip, Taker taker) {
		Visitor visitor = caller.visitor();
		return this.gate.onePerVisitor(visitor, Mono.usingWhen(Mono.fromSupplier(() -> uploadedFile(caller)),
				(file) -> file.receive(body).flatMap((path) -> this.gate.fewAtOnce(read(visitor, path, zip, taker))),
				UploadedFile::delete));
	}

	private UploadedFile uploadedFile(Caller caller) {
		return new UploadedFile(this.files, "import-", this.settings.maxSize(), this.settings.maxUploadTime(),
				this.room.begin(caller));
	}

	private Mono<ImportResult> read(Visitor visitor, Path path, boolean zip, Taker taker) {
		return Mono.using(() -> new ImportMemory(this.memory), (taken) -> withFiles(
				(files) -> read(this.source.items(path, zip, taken, files), (item) -> take(visitor, item, taker))),
				ImportMemory::close);
	}

	private Mono<ImportResult> withFiles(Function<ImportedFiles, Mono<ImportResult>> work) {
		return Mono.usingWhen(Mono.fromSupplier(() -> new ImportedFiles(this.files, this.settings)), work,
				(files) -> Mono.fromRunnable(files::close).subscribeOn(Schedulers.boundedElastic()));
	}

	/**
	 * Runs on boundedElastic, because the items are read from a disk, one at a time. The
	 * next conversation is read after the previous one is stored, so one at a time is in
	 * memory.
	 */
	private Mono<ImportResult> read(Flux<ImportItem> items, Function<ImportItem, Mono<ImportResult.Part>> take) {
		return items.subscribeOn(Schedulers.boundedElastic())
			.onErrorResume(RefusedException.class, (ex) -> Flux.just(ex.at("the file")))
			.index()
			.take(this.settings.maxConversations() + 1L)
			.concatMap((item) -> take.apply(withinBound(item)), 0)
			.collect(ImportResult::new, ImportResult::add);
	}

	private ImportItem withinBound(Tuple2<Long, ImportItem> item) {
		return (item.getT1() < this.settings.maxConversations()) ? item.getT2()
				: RefusedException.tooLarge("has more than " + this.settings.maxConversations() + " conversations")
					.at("the file");
	}

	private Mono<ImportResult.Part> take(Visitor visitor, ImportItem item, Taker taker) {
		if (item instanceof ImportItem.Found found) {
			return known(visitor, found).switchIfEmpty(Mono.defer(() -> taker.take(found)));
		}
		ImportItem.Refused refused = (ImportItem.Refused) item;
		return Mono.just(Skipped.of(refused.where(), refused.reason(), refused.cause()));
	}

	/**
	 * Finds a conversation that was imported before, so that it is not imported twice.
	 */
	private Mono<ImportResult.Part> known(Visitor visitor, ImportItem.Found found) {
		return Mono.justOrEmpty(found.conversation().origin())
			.flatMap((origin) -> this.conversations.imported(visitor, origin))
			.map((head) -> new ImportResult.Known(head.id().toString(), head.title()));
	}

	private Mono<ImportResult.Part> add(Visitor visitor, ImportItem.Found found) {
		return this.attached.with(visitor, found, (stored) -> addWithFiles(visitor, stored))
			.onErrorResume(ProblemException.class, (ex) -> skip(found, ex));
	}

	private Mono<ImportResult.Part> addWithFiles(Visitor visitor, ImportItem.Found found) {
		return this.conversations.add(visitor, found.conversation())
			.map((id) -> new ImportResult.Imported(id.toString(), found.conversation().title(), found.omissions()));
	}

	/**
	 * Skips a conversation that the store refuses (4xx), or for which the visitor or the
	 * server has no room. Any other failure ends the import.
	 */
	private static Mono<ImportResult.Part> skip(ImportItem.Found found, ProblemException ex) {
		boolean skipped = ex.getStatusCode().is4xxClientError() || ErrorCode.STORAGE_FULL.code().equals(ex.code());
		return skipped ? Mono.just(Skipped.of(found.where(), "was refused: " + ex.getBody().getDetail(), Cause.of(ex)))
				: Mono.error(ex);
	}

	/** Stores or previews a conversation that is not stored yet. */
	private interface Taker {

		/**
		 * Takes a conversation.
		 * @param found the conversation
		 * @return the result
		 */
		Mono<ImportResult.Part> take(ImportItem.Found found);

	}

}
