package dev.runnel.attachments;

import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

import dev.runnel.conversation.Attachments;
import dev.runnel.conversation.NewAttachment;
import dev.runnel.conversation.Title;
import dev.runnel.data.TemporaryFiles;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.SentPicture;
import dev.runnel.uploads.UploadRoom;
import dev.runnel.uploads.UploadedFile;
import dev.runnel.web.Caller;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.stereotype.Component;

/**
 * Takes files that visitors attach or import, and pictures of models: to the disk,
 * through the checks, into the store. A file is never in memory as a whole.
 */
@Component
public final class FileUploads implements AutoCloseable {

	/** The number of files that are checked at once. */
	private static final int CHECKS = 2;

	/** The number of files that wait for their check. */
	private static final int WAITING = 100;

	/**
	 * The number of files of one address that are checked or wait for it, more than a
	 * browser sends at once.
	 */
	private static final int WAITING_PER_ADDRESS = 10;

	/** A PDF whose pages are copied is on the disk once more, and so may be its pages. */
	private static final long COPIES = 2;

	private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

	/** The name of a file that came without one. */
	private static final String UNNAMED = "file";

	private final Attachments attachments;

	private final TemporaryFiles files;

	private final AttachmentSettings settings;

	private final FileCheck check;

	private final UploadRoom room;

	private final Map<String, Integer> ofAddress = new ConcurrentHashMap<>();

	private final Scheduler checks = Schedulers.newBoundedElastic(CHECKS, WAITING, "files");

	FileUploads(Attachments attachments, TemporaryFiles files, AttachmentSettings settings) {
		this.attachments = attachments;
		this.files = files;
		this.settings = settings;
		this.check = new FileCheck(settings, files);
		this.room = new UploadRoom(settings.maxSize());
	}

	/**
	 * Takes a file.
	 * @param caller the sender, who owns the file
	 * @param name the name, as it was sent
	 * @param body the file
	 * @return the stored file; a problem if it is refused
	 */
	Mono<Attachment> take(Caller caller, String name, Flux<DataBuffer> body) {
		return Mono.usingWhen(
				Mono.fromSupplier(() -> new UploadedFile(this.files, "file-", this.settings.maxSize(),
						this.settings.maxUploadTime(), this.room.begin(caller))),
				(file) -> file.receive(body)
					.flatMap((uploaded) -> inTurn(caller, add(caller.visitor(), uploaded, name))),
				UploadedFile::delete);
	}

	/**
	 * Takes a file that is on the disk.
	 * @param visitor the owner
	 * @param content the file, which stays
	 * @param name the name, as it came
	 * @return the stored file; a problem if it is refused
	 */
	public Mono<Attachment> add(Visitor visitor, Path content, String name) {
		return withDraft((draft) -> checked(content, draft, shown(name))
			.flatMap((checked) -> this.attachments.add(visitor, checked)));
	}

	/**
	 * Takes a picture of a model.
	 * @param visitor the owner
	 * @param picture the picture
	 * @param name the name without its ending
	 * @return the stored picture; a problem if it is refused
	 */
	Mono<Attachment> add(Visitor visitor, SentPicture picture, String name) {
		return withDraft((sent) -> DataBufferUtils
			.write(Flux.fromIterable(picture.pieces()).<DataBuffer>map(DefaultDataBufferFactory.sharedInstance::wrap),
					sent, StandardOpenOption.WRITE)
			.then(withDraft((draft) -> onThread(() -> this.check.picture(sent, draft, name))
				.flatMap((checked) -> this.attachments.add(visitor, checked)))));
	}

	/**
	 * Deletes a file that no question has.
	 * @param visitor the owner
	 * @param file the file
	 * @return completes when the file is gone
	 */
	public Mono<Void> discard(Visitor visitor, Attachment file) {
		return this.attachments.discard(visitor, file.id());
	}

	/**
	 * Makes a file of some pages of a PDF. Its copies on the disk take room like an
	 * upload.
	 * @param caller the sender, who owns the PDF
	 * @param id the id of the PDF, which stays as it is
	 * @param pages the pages
	 * @return the stored file; a problem if the PDF has no such pages
	 */
	Mono<Attachment> pages(Caller caller, UUID id, PageRange pages) {
		return this.attachments.get(caller.visitor(), id)
			.doOnNext(pages::check)
			.flatMap((pdf) -> Mono.using(() -> roomOfCopies(caller, pdf),
					(share) -> inTurn(caller, pages(caller.visitor(), pdf, pages)), UploadRoom.Share::close));
	}

	private UploadRoom.Share roomOfCopies(Caller caller, Attachment pdf) {
		UploadRoom.Share share = this.room.begin(caller);
		share.take(COPIES * pdf.size());
		return share;
	}

	private Mono<Attachment> pages(Visitor visitor, Attachment pdf, PageRange pages) {
		return withDraft((whole) -> DataBufferUtils
			.write(this.attachments.read(pdf).<DataBuffer>map(DefaultDataBufferFactory.sharedInstance::wrap), whole,
					StandardOpenOption.WRITE)
			.then(withDraft((part) -> onThread(() -> this.check.copy(whole, part, pages))
				.flatMap((written) -> add(visitor, written, pages.in(pdf.name()))))));
	}

	private Mono<NewAttachment> checked(Path uploaded, Path draft, String name) {
		return onThread(() -> this.check.check(uploaded, draft, name));
	}

	/** Keeps the files of one address from filling the queue. */
	private <T> Mono<T> inTurn(Caller caller, Mono<T> work) {
		return caller.limited() ? Mono.using(() -> enter(caller.address().network()), (entered) -> work, this::leave)
				: work;
	}

	private String enter(String network) {
		if (this.ofAddress.merge(network, 1, Integer::sum) > WAITING_PER_ADDRESS) {
			leave(network);
			throw busy();
		}
		return network;
	}

	private void leave(String network) {
		this.ofAddress.computeIfPresent(network, (same, count) -> (count > 1) ? count - 1 : null);
	}

	private <T> Mono<T> onThread(Callable<T> work) {
		return Mono.fromCallable(work)
			.subscribeOn(this.checks)
			.onErrorMap(RejectedExecutionException.class, (ex) -> busy());
	}

	private static ProblemException busy() {
		return ProblemException.unavailable(Reason.CHECKS_BUSY, RETRY_AFTER);
	}

	/** Runs work with an empty file, which is deleted afterwards. */
	private <T> Mono<T> withDraft(Function<Path, Mono<T>> work) {
		return Mono.usingWhen(
				Mono.fromCallable(() -> this.files.create("draft-")).subscribeOn(Schedulers.boundedElastic()), work,
				(draft) -> Mono.<Void>fromRunnable(() -> this.files.delete(draft))
					.subscribeOn(Schedulers.boundedElastic()));
	}

	/** The name without a path, in one line. */
	static String shown(String name) {
		String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
		String line = Title.line(last);
		return line.isEmpty() ? UNNAMED : Title.shorten(line, NewAttachment.MAX_NAME_CHARS);
	}

	@Override
	public void close() {
		this.checks.dispose();
	}

}
