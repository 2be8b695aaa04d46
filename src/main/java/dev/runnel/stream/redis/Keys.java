package dev.runnel.stream.redis;

import java.util.UUID;

import dev.runnel.stream.StreamId;
import dev.runnel.web.Visitor;

/**
 * The names of keys and channels. All keys of one stream have the same hash tag, so that
 * Redis Cluster stores them in the same slot.
 */
final class Keys {

	/** The servers that share streams. */
	static final String NODES = "runnel:nodes";

	/** The channel that tells of sessions, keys and visitors without access. */
	static final String ACCESS_ENDS = "runnel:access-ends";

	private Keys() {
	}

	/** The entries of a stream, and the channel that tells of new ones. */
	static String log(StreamId id) {
		return "runnel:{" + id + "}:log";
	}

	/** The older events of a stream, merged. */
	static String fold(StreamId id) {
		return "runnel:{" + id + "}:fold";
	}

	/** The subject of a stream. */
	static String head(StreamId id) {
		return "runnel:{" + id + "}:head";
	}

	/** The ids of a visitor's streams. */
	static String visitor(Visitor visitor) {
		return "runnel:visitor:{" + visitor.id() + "}";
	}

	/** The sign of life of a server. */
	static String alive(UUID node) {
		return "runnel:node:{" + node + "}:alive";
	}

	/** The ids of the streams that a server writes. */
	static String running(UUID node) {
		return "runnel:node:{" + node + "}:running";
	}

	/** The running streams that a limit counts, by the key of the limit. */
	static String places(String bound) {
		return "runnel:places:{" + bound + "}";
	}

	/** A bucket that limits how often somebody may ask. */
	static String rate(String name) {
		return "runnel:rate:{" + name + "}";
	}

	/** The places of the streams that a server writes, each with its limits. */
	static String places(UUID node) {
		return "runnel:node:{" + node + "}:places";
	}

	/** The server that ends the streams of a server that is gone. */
	static String claim(UUID node) {
		return "runnel:node:{" + node + "}:claim";
	}

	/** The server that goes on with a stream of a server that is gone. */
	static String heir(StreamId id) {
		return "runnel:{" + id + "}:heir";
	}

	/** The channel for requests to a server. */
	static String requests(UUID node) {
		return "runnel:node:{" + node + "}:requests";
	}

}
