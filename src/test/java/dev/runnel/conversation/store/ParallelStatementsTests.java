package dev.runnel.conversation.store;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The embedded database runs several statements in parallel.
 */
@Timeout(60)
public class ParallelStatementsTests {

	private static final int CONNECTIONS = 8;

	private static volatile CyclicBarrier barrier = new CyclicBarrier(CONNECTIONS);

	private static volatile CountDownLatch entered = new CountDownLatch(1);

	private static volatile CountDownLatch gate = new CountDownLatch(1);

	/**
	 * Whether the test opened the gate before the time of the held statement was over.
	 */
	private static volatile boolean released;

	private Storage storage;

	@BeforeEach
	void start() {
		released = false;
		barrier = new CyclicBarrier(CONNECTIONS);
		entered = new CountDownLatch(1);
		gate = new CountDownLatch(1);
		this.storage = Storage.start("runnel.data-dir=mem");
		String here = ParallelStatementsTests.class.getName();
		Storage.all(database().read((client) -> client.sql("create alias meet for '" + here + ".meet'")
			.fetch()
			.all()
			.thenMany(client.sql("create alias hold for '" + here + ".hold'").fetch().all())));
	}

	@AfterEach
	void stop() {
		gate.countDown();
		this.storage.close();
	}

	/**
	 * Called by the database. Returns when as many statements run in parallel as there
	 * are connections.
	 */
	public static int meet() throws Exception {
		return barrier.await(10, TimeUnit.SECONDS);
	}

	/** Called by the database. Returns when the test opens the gate. */
	public static boolean hold() throws Exception {
		entered.countDown();
		released = gate.await(10, TimeUnit.SECONDS);
		return released;
	}

	private Database database() {
		return this.storage.bean(Database.class);
	}

	private void assertThatEightOverlap() {
		assertThat(Storage.all(Flux.range(0, CONNECTIONS)
			.flatMap((i) -> database()
				.read((client) -> client.sql("call meet()").map((row) -> row.get(0, Integer.class)).all()))))
			.containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
	}

	@Test
	void eightSlowStatementsOverlap() {
		assertThatEightOverlap();
		assertThatEightOverlap();
	}

	@Test
	void aCallerWhoGoesAwayWaitsForNothingInterruptsNothingAndKeepsNoConnection() {
		Mono<Long> held = database().inTransaction((client) -> client.sql("call hold()").fetch().rowsUpdated());
		StepVerifier.create(held).then(ParallelStatementsTests::awaitEntered).thenCancel().verify(Storage.LIMIT);
		gate.countDown();
		assertThatEightOverlap();
		assertThat(released).isTrue();
	}

	@Test
	void aReaderWhoGoesAwayWaitsForNothing() {
		Flux<Boolean> held = database()
			.read((client) -> client.sql("call hold()").map((row) -> row.get(0, Boolean.class)).all());
		StepVerifier.create(held).then(ParallelStatementsTests::awaitEntered).thenCancel().verify(Storage.LIMIT);
		gate.countDown();
		assertThatEightOverlap();
		assertThat(released).isTrue();
	}

	private static void awaitEntered() {
		try {
			assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
