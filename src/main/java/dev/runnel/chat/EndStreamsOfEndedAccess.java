package dev.runnel.chat;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.runnel.stream.EndRequest;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamStore;
import dev.runnel.stream.StreamSubject;
import dev.runnel.web.AccessEnded;
import dev.runnel.web.Caller;
import dev.runnel.web.Visitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Ends the running streams of a visitor who is locked out. If only a session or a key
 * ends, the streams that it asked for go on as long as another session or key reads them.
 * A session that goes on with another token leaves them as they are.
 */
@Component
final class EndStreamsOfEndedAccess {

	private static final Logger log = LoggerFactory.getLogger(EndStreamsOfEndedAccess.class);

	private final StreamStore<ChatEvent> streams;

	/** The turns that are being begun. An end of their access finds no stream yet. */
	private final Set<Beginning> beginnings = ConcurrentHashMap.newKeySet();

	EndStreamsOfEndedAccess(StreamStore<ChatEvent> streams) {
		this.streams = streams;
	}

	/**
	 * Begins a turn. If the access of its caller ends meanwhile, its stream ends when it
	 * is there.
	 * @param caller the sender of the request
	 * @param turn begins the turn, and emits it when the store has its stream
	 * @return the running turn
	 */
	Mono<RunningTurn> during(Caller caller, Mono<RunningTurn> turn) {
		return Mono.using(() -> enter(caller),
				(beginning) -> turn.delayUntil((running) -> beginning.end(running.log())), this.beginnings::remove);
	}

	private Beginning enter(Caller caller) {
		Beginning beginning = new Beginning(caller, new ConcurrentLinkedQueue<>());
		this.beginnings.add(beginning);
		return beginning;
	}

	/**
	 * Each server hears of it, and ends the streams that it writes. A turn that is begun
	 * at this moment has its stream in the store, or looks for this event afterwards.
	 */
	@EventListener
	void ended(AccessEnded event) {
		this.beginnings.forEach((beginning) -> beginning.note(event));
		running(event).flatMap((stream) -> end(stream, event)).subscribe((done) -> {
		}, (ex) -> log.error("Could not end the streams of a visitor whose access has ended", ex));
	}

	private Flux<StreamLog<ChatEvent>> running(AccessEnded event) {
		return (event.access() == null) ? runningOf(event.visitor()) : this.streams.running().filter((stream) -> {
			StreamSubject subject = stream.status().subject();
			return event.isOf(subject.owner(), subject.access());
		});
	}

	private Flux<StreamLog<ChatEvent>> runningOf(Visitor visitor) {
		return this.streams.list(visitor)
			.filter((status) -> status.state() == StreamState.RUNNING)
			.flatMap((status) -> this.streams.find(visitor, status.subject().id()));
	}

	private static Mono<Void> end(StreamLog<ChatEvent> stream, AccessEnded event) {
		return (event.access() == null) ? stream.requestEnd(EndRequest.STOP) : Mono.fromRunnable(stream::endUnread);
	}

	/**
	 * A turn that is being begun.
	 *
	 * @param caller the sender of the request
	 * @param ends the ends of the caller's access since then
	 */
	private record Beginning(Caller caller, Queue<AccessEnded> ends) {

		void note(AccessEnded event) {
			if (event.isOf(this.caller.visitor(), this.caller.access())) {
				this.ends.add(event);
			}
		}

		Mono<Void> end(StreamLog<ChatEvent> stream) {
			return Flux.fromIterable(this.ends).concatMap((event) -> EndStreamsOfEndedAccess.end(stream, event)).then();
		}

	}

}
