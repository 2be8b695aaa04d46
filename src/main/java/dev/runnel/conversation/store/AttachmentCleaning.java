package dev.runnel.conversation.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.runnel.conversation.ConversationDeleted;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.context.event.EventListener;

/**
 * Deletes files that nobody needs: after a conversation was deleted, and every hour those
 * that were uploaded and not attached to a question.
 */
final class AttachmentCleaning extends RegularWork {

	/** The interval of the look for files that were not attached. */
	private static final Duration EVERY = Duration.ofHours(1);

	/** The time in which the deletions of several conversations are collected. */
	private static final Duration BATCH_DELAY = Duration.ofMillis(200);

	private final StoredAttachments attachments;

	private final AttachmentContents contents;

	private final Duration age;

	private final Clock clock;

	private final Sinks.Many<Long> deletions;

	private final Instant start;

	private final AtomicBoolean tidied = new AtomicBoolean();

	private AttachmentCleaning(StoredAttachments attachments, AttachmentContents contents, Duration age, Clock clock,
			Sinks.Many<Long> deletions) {
		super("The deletion of files that nobody needs",
				Flux.merge(Flux.interval(Duration.ZERO, EVERY), deletions.asFlux()).onBackpressureLatest());
		this.attachments = attachments;
		this.contents = contents;
		this.age = age;
		this.clock = clock;
		this.deletions = deletions;
		this.start = clock.instant();
	}

	/**
	 * Creates the work.
	 * @param attachments the files
	 * @param contents their bytes
	 * @param age how long a file is kept that no question has
	 * @param clock the clock
	 * @return the work, which does not run yet
	 */
	static AttachmentCleaning of(StoredAttachments attachments, AttachmentContents contents, Duration age,
			Clock clock) {
		return new AttachmentCleaning(attachments, contents, age, clock, Sinks.many().multicast().directBestEffort());
	}

	/**
	 * Deletes the files of a conversation soon.
	 * @param event the deleted conversation
	 */
	@EventListener
	void deleted(ConversationDeleted event) {
		this.deletions.emitNext(0L, Sinks.EmitFailureHandler.busyLooping(BATCH_DELAY));
	}

	@Override
	Mono<Void> run() {
		return Mono.delay(BATCH_DELAY)
			.then(Mono.defer(() -> this.attachments.deleteUnasked(this.clock.instant().minus(this.age))))
			.then(Mono.defer(this.attachments::deleteUnusedContents))
			.then(Mono.defer(this::deleteLeftovers));
	}

	/** Once: only an earlier process can have left some. */
	private Mono<Void> deleteLeftovers() {
		boolean first = !this.tidied.getAndSet(true);
		return (first && this.contents instanceof ContentsInFolder folder)
				? this.attachments.deleteLeftovers(folder.writtenBefore(this.start)) : Mono.empty();
	}

}
