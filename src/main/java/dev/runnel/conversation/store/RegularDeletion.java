package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Runs a deletion of old conversations at the start and every hour.
 */
final class RegularDeletion extends RegularWork {

	private static final Logger log = LoggerFactory.getLogger(RegularDeletion.class);

	private static final Duration MAX_PAUSE = Duration.ofHours(1);

	private final Supplier<Mono<Long>> deletion;

	/**
	 * Creates it.
	 * @param age the age from which conversations are deleted; the interval is this age
	 * if it is less than an hour
	 * @param deletion deletes the conversations that are too old now, and returns their
	 * number
	 */
	RegularDeletion(Duration age, Supplier<Mono<Long>> deletion) {
		super("The deletion of old conversations",
				every(Duration.ZERO, (age.compareTo(MAX_PAUSE) < 0) ? age : MAX_PAUSE));
		this.deletion = deletion;
	}

	@Override
	Mono<Void> run() {
		return this.deletion.get()
			.filter((count) -> count > 0)
			.doOnNext((count) -> log.info("Deleted {} conversations because of their age", count))
			.then();
	}

}
