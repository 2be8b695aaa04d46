package dev.runnel.stream.redis;

import java.util.UUID;

import dev.runnel.web.AccessEnded;
import dev.runnel.web.Visitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;

/**
 * Tells the other servers which sessions, keys and visitors have no access any more, and
 * publishes on this server what they tell. If a message gets lost, each request notices
 * it with its next lookup.
 */
final class SharedAccessEnds implements SmartInitializingSingleton, AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(SharedAccessEnds.class);

	/** In place of the id of a session or key: every access of the visitor has ended. */
	private static final String EVERY = "*";

	/** The words of a message. */
	private static final int WORDS = 3;

	private final String node;

	private final RedisLink redis;

	private final Channels channels;

	private final ApplicationEventPublisher events;

	private final Disposable.Swap work = Disposables.swap();

	SharedAccessEnds(RedisNode node, ApplicationEventPublisher events) {
		this.node = node.id().toString();
		this.redis = node.redis();
		this.channels = node.channels();
		this.events = events;
	}

	/** No message is left out, and the thread of the connection does not wait. */
	@Override
	public void afterSingletonsInstantiated() {
		this.work.update(this.channels.listen(Keys.ACCESS_ENDS)
			.onBackpressureBuffer()
			.publishOn(Schedulers.parallel())
			.concatMap(this::hear)
			.subscribe((done) -> {
			}, (ex) -> log.error("This server hears no ends of sign-ins on other servers", ex)));
	}

	/**
	 * Tells the other servers, if the access ended on this one.
	 * @param event the access
	 */
	@EventListener
	void ended(AccessEnded event) {
		if (event.elsewhere()) {
			return;
		}
		String access = (event.access() != null) ? event.access().toString() : EVERY;
		byte[] message = SharedKeys.bytes(this.node + ' ' + access + ' ' + event.visitor().id());
		Mono.fromCompletionStage(() -> this.redis.commands().publish(Keys.ACCESS_ENDS, message))
			.subscribe((servers) -> {
			}, (ex) -> log.warn("Other servers notice the end of a sign-in later: {}",
					String.valueOf(ex.getMessage())));
	}

	private Mono<Void> hear(byte[] message) {
		return Mono.<Void>fromRunnable(() -> publish(SharedKeys.text(message).split(" "))).onErrorResume((ex) -> {
			log.error("The end of a sign-in on another server has no effect yet", ex);
			return Mono.empty();
		});
	}

	private void publish(String[] words) {
		if (words.length == WORDS && !words[0].equals(this.node)) {
			UUID access = words[1].equals(EVERY) ? null : UUID.fromString(words[1]);
			this.events.publishEvent(new AccessEnded(new Visitor(words[2]), access, true));
		}
	}

	@Override
	public void close() {
		this.work.dispose();
	}

}
