package dev.runnel.stream.redis;

import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.runnel.conversation.store.Relay;

/**
 * A relay to a Redis that cuts, holds or doubles its connections at random, five times a
 * second.
 */
final class Disturbance implements AutoCloseable {

	private static final long PERIOD_MILLIS = 100;

	private final Random random = new Random(18);

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

	private final Relay relay;

	private int events;

	private Disturbance(Relay relay) {
		this.relay = relay;
	}

	/**
	 * Starts a relay that is quiet until the first disturbance.
	 * @param port the port of the Redis
	 * @return the relay
	 */
	static Disturbance to(int port) {
		return new Disturbance(Relay.to(port));
	}

	String url() {
		return RedisServer.url(this.relay.port());
	}

	/** Begins to disturb. */
	Disturbance begin() {
		this.thread.scheduleAtFixedRate(this::next, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
		return this;
	}

	/** Each second call mends, so that commands get through now and then. */
	private void next() {
		if (this.events++ % 2 == 1) {
			this.relay.mend();
			return;
		}
		switch (this.random.nextInt(3)) {
			case 0 -> this.relay.cut();
			case 1 -> this.relay.hold();
			default -> this.relay.doubleNext();
		}
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
		this.relay.close();
	}

}
