package dev.runnel.limits;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import dev.runnel.limits.RateBucket.Taken;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tokens are corrected in the bucket that they were taken from, also at the edges of an
 * outage.
 */
class SharedBucketTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final long CAPACITY = 1000;

	private final Bucket counted = full();

	private final Bucket own = full();

	private final Outage outage = new Outage();

	private final SharedBucket bucket = new SharedBucket(shared(), new OwnBucket(this.own), this.outage,
			Schedulers::immediate);

	private boolean away;

	private static Bucket full() {
		return Bucket.builder()
			.addLimit((limit) -> limit.capacity(CAPACITY).refillIntervally(CAPACITY, Duration.ofDays(1)))
			.build();
	}

	/** Answers at once, like a bucket of all servers, or fails. */
	private AsyncBucketProxy shared() {
		return (AsyncBucketProxy) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { AsyncBucketProxy.class }, (proxy, method, args) -> call(method, (Long) args[0]));
	}

	private CompletableFuture<?> call(Method method, long tokens) {
		return switch (method.getName()) {
			case "tryConsumeAndReturnRemaining" -> reply(() -> this.counted.tryConsumeAndReturnRemaining(tokens));
			case "consumeIgnoringRateLimits" -> reply(() -> this.counted.consumeIgnoringRateLimits(tokens));
			case "addTokens" -> reply(() -> {
				this.counted.addTokens(tokens);
				return null;
			});
			default -> throw new UnsupportedOperationException(method.getName());
		};
	}

	private <T> CompletableFuture<T> reply(Supplier<T> call) {
		return this.away ? CompletableFuture.failedFuture(new IOException("away"))
				: CompletableFuture.completedFuture(call.get());
	}

	private Taken take(long tokens) {
		return this.bucket.take(tokens).blockOptional(LIMIT).orElseThrow();
	}

	@Test
	void tokensAreTakenFromTheSharedBucketAndGivenBackThere() {
		Taken taken = take(400);
		taken.correction().accept(-300);
		assertThat(this.counted.getAvailableTokens()).isEqualTo(900);
		taken.correction().accept(50);
		assertThat(this.counted.getAvailableTokens()).isEqualTo(850);
		assertThat(this.own.getAvailableTokens()).isEqualTo(CAPACITY);
	}

	@Test
	void anOutageThatBeginsMeanwhileDelaysTheCorrection() {
		Taken taken = take(400);
		this.away = true;
		taken.correction().accept(-300);
		assertThat(take(10).probe().isConsumed()).isTrue();
		assertThat(this.own.getAvailableTokens()).isEqualTo(990);
		assertThat(this.counted.getAvailableTokens()).isEqualTo(600);
		this.away = false;
		this.outage.ended();
		take(1);
		assertThat(this.counted.getAvailableTokens()).isEqualTo(899);
	}

	@Test
	void anOutageThatEndsMeanwhileGivesNothingToTheSharedBucket() {
		take(100);
		this.away = true;
		Taken taken = take(400);
		assertThat(this.own.getAvailableTokens()).isEqualTo(600);
		this.away = false;
		this.outage.ended();
		taken.correction().accept(-300);
		assertThat(this.own.getAvailableTokens()).isEqualTo(900);
		assertThat(this.counted.getAvailableTokens()).isEqualTo(900);
	}

	@Test
	void correctionsOfAnOutageAddUp() {
		Taken first = take(400);
		Taken second = take(400);
		this.away = true;
		first.correction().accept(-300);
		second.correction().accept(-100);
		first.correction().accept(20);
		assertThat(this.counted.getAvailableTokens()).isEqualTo(200);
		this.away = false;
		this.outage.ended();
		take(1);
		assertThat(this.counted.getAvailableTokens()).isEqualTo(579);
	}

}
