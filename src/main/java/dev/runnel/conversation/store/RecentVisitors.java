package dev.runnel.conversation.store;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.runnel.web.Visitor;

/**
 * Values for the visitors who came last. The visitor who has not been asked for the
 * longest time is forgotten first. Not thread-safe.
 *
 * @param <V> the kind of knowledge
 */
final class RecentVisitors<V> extends LinkedHashMap<Visitor, V> {

	private static final int MAX_VISITORS = 10_000;

	RecentVisitors() {
		super(16, 0.75f, true);
	}

	@Override
	protected boolean removeEldestEntry(Map.Entry<Visitor, V> eldest) {
		return size() > MAX_VISITORS;
	}

}
