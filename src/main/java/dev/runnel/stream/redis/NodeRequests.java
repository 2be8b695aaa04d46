package dev.runnel.stream.redis;

import java.util.UUID;
import java.util.function.BiConsumer;

import dev.runnel.stream.EndRequest;
import dev.runnel.stream.StreamId;
import io.lettuce.core.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Requests from one server to the server that writes a stream.
 */
final class NodeRequests {

	private static final Logger log = LoggerFactory.getLogger(NodeRequests.class);

	private static final String READ = "READ";

	private final RedisLink redis;

	NodeRequests(RedisLink redis) {
		this.redis = redis;
	}

	/**
	 * Asks the writer of a stream to end it.
	 * @param stream the stream
	 * @param request the reason
	 * @return completes when the request is delivered, or if the server is gone: then its
	 * streams end anyway, unless another server goes on with them
	 */
	Mono<Void> end(SharedKeys.Head stream, EndRequest request) {
		return send(stream, request.name()).doOnNext((servers) -> {
			if (servers == 0) {
				log.info("Stream {} belongs to a server that is gone", stream.subject().id());
			}
		}).then().onErrorMap(RedisException.class, RedisLink::unreachable);
	}

	/**
	 * Tells the writer of a stream that it has a reader here. If the message gets lost,
	 * the writer learns of the reader when it next tells of new entries.
	 * @param stream the stream
	 */
	void tellReader(SharedKeys.Head stream) {
		send(stream, READ).subscribe((servers) -> {
		}, (ex) -> log.debug("The server of stream {} does not know of its reader", stream.subject().id(), ex));
	}

	private Mono<Long> send(SharedKeys.Head stream, String what) {
		String message = what + ' ' + stream.subject().id();
		return Mono.fromCompletionStage(
				() -> this.redis.commands().publish(Keys.requests(stream.node()), SharedKeys.bytes(message)));
	}

	/**
	 * Handles a request to this server. One that it does not know changes nothing, so
	 * that the later ones are handled.
	 * @param message the message
	 * @param end called for a request to end a stream
	 * @param readers called with the number of servers that read a stream
	 */
	static void handle(byte[] message, BiConsumer<StreamId, EndRequest> end, BiConsumer<StreamId, Long> readers) {
		String[] words = SharedKeys.text(message).split(" ");
		if (words.length != 2) {
			return;
		}
		try {
			StreamId id = new StreamId(UUID.fromString(words[1]));
			if (words[0].equals(READ)) {
				readers.accept(id, 1L);
			}
			else {
				end.accept(id, EndRequest.valueOf(words[0]));
			}
		}
		catch (IllegalArgumentException ex) {
			log.warn("A server of another version sent a request that this one does not know");
		}
	}

}
