package dev.runnel.accounts;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;

import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;

/**
 * Hashes and compares passwords. Both are slow on purpose, so they run on a thread pool
 * of their own, whose queue is bounded.
 */
final class Passwords implements AutoCloseable {

	private static final int MIN_CHARS = 10;

	private static final int MAX_CHARS = 200;

	/** A shorter name is part of too many words. */
	private static final int MIN_NAME_CHARS = 4;

	/** The name of this server, as names are compared. */
	private static final String SERVER = "runnel";

	/**
	 * The iterations that OWASP recommends for PBKDF2 with HMAC-SHA-256. The method needs
	 * no library and has no longest password, unlike bcrypt.
	 */
	private static final int ITERATIONS = 600_000;

	private static final int SALT_BYTES = 16;

	private static final String METHOD = "pbkdf2";

	/**
	 * The hash to compare with if there is no account, so that the answer takes as long
	 * as for a wrong password.
	 */
	private static final String NOBODYS = "{" + METHOD + "}" + "0".repeat(96);

	private static final int MAX_WAITING = 100;

	private static final int IDLE_SECONDS = 60;

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private final CommonPasswords common = CommonPasswords.read();

	private final PasswordEncoder encoder;

	private final boolean on;

	private final Scheduler threads = Schedulers.newBoundedElastic(
			Math.max(1, Runtime.getRuntime().availableProcessors() / 2), MAX_WAITING, "passwords", IDLE_SECONDS, true);

	/**
	 * Creates the passwords.
	 * @param on whether there are passwords here; if not, none can be chosen and none is
	 * right
	 */
	Passwords(boolean on) {
		this(on, ITERATIONS);
	}

	/** Creates passwords with another number of iterations. */
	Passwords(boolean on, int iterations) {
		this.on = on;
		this.encoder = new DelegatingPasswordEncoder(METHOD, Map.of(METHOD,
				new Pbkdf2PasswordEncoder("", SALT_BYTES, iterations, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256)));
	}

	/**
	 * Returns whether there are passwords here.
	 * @return true if so
	 */
	boolean isOn() {
		return this.on;
	}

	/**
	 * Hashes a new password.
	 * @param password the password as it was typed
	 * @param name the name of the account, which is no part of a password
	 * @return the hash, with its method; a {@link Refusal} if the password is not allowed
	 */
	Mono<String> hash(String password, String name) {
		if (!this.on) {
			return Mono.error(new Refusal(Refusal.Reason.NO_PASSWORDS));
		}
		if (password.length() < MIN_CHARS || password.length() > MAX_CHARS || isPredictable(password, name)) {
			return Mono.error(new Refusal(Refusal.Reason.PASSWORD));
		}
		if (this.common.contain(password)) {
			return Mono.error(new Refusal(Refusal.Reason.COMMON_PASSWORD));
		}
		return work(() -> Objects.requireNonNull(this.encoder.encode(password)));
	}

	/** Somebody who guesses knows the names of the account and of the server. */
	private static boolean isPredictable(String password, String name) {
		String folded = AccountName.folded(password);
		String known = AccountName.folded(name);
		return folded.contains(SERVER) || (known.length() >= MIN_NAME_CHARS && folded.contains(known));
	}

	/**
	 * Compares a password. It takes as long for no account as for a wrong password.
	 * @param password the password as it was typed
	 * @param hash the stored hash; null if there is none
	 * @return whether the password is right; a problem ({@code rate_limited}) if the
	 * queue is full
	 */
	Mono<Boolean> matches(String password, @Nullable String hash) {
		if (!this.on || password.length() > MAX_CHARS) {
			return Mono.just(false);
		}
		return work(() -> this.encoder.matches(password, (hash != null) ? hash : NOBODYS) && hash != null);
	}

	private <T> Mono<T> work(Callable<T> work) {
		return Mono.fromCallable(work)
			.subscribeOn(this.threads)
			.onErrorMap(RejectedExecutionException.class,
					(full) -> ProblemException.tooMany(RETRY_AFTER, Reason.PASSWORDS_BUSY))
			.publishOn(Schedulers.parallel());
	}

	@Override
	public void close() {
		this.threads.dispose();
	}

}
