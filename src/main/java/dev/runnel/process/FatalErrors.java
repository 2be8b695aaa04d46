package dev.runnel.process;

import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Ends the process after an error that it cannot recover from: memory is exhausted, or
 * the application reports itself unusable ({@link UnusableError}).
 * <p>
 * Such an error rarely reaches the uncaught exception handler, because event loops and
 * schedulers catch and log it. So logged errors are examined too, and a thread allocates
 * a little memory every second. Exhausted direct memory is not fatal: it has its own
 * limit and is released again.
 */
public final class FatalErrors implements UncaughtExceptionHandler {

	private static final org.slf4j.Logger log = LoggerFactory.getLogger(FatalErrors.class);

	private static final Duration PROBE_EVERY = Duration.ofSeconds(1);

	private static final int PROBE_BYTES = 256 * 1024;

	/**
	 * The number of causes that are examined: enough for the wrappers of any error, and a
	 * limit for cyclic causes.
	 */
	private static final int MAX_CAUSES = 20;

	/** Volatile, so that the compiler does not remove the allocation. */
	private volatile byte @Nullable [] probe;

	private FatalErrors() {
	}

	/**
	 * Starts to watch the threads and the heap of this process.
	 */
	public static void watch() {
		FatalErrors errors = new FatalErrors();
		Thread.setDefaultUncaughtExceptionHandler(errors);
		Thread prober = new Thread(errors::probe, "heap-probe");
		prober.setDaemon(true);
		prober.start();
	}

	/**
	 * Starts to watch logged errors. Call this after logging is set up, because the setup
	 * removes earlier appenders.
	 */
	public static void watchLog() {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		LoggedErrors appender = new LoggedErrors();
		appender.setContext(root.getLoggerContext());
		appender.start();
		root.addAppender(appender);
	}

	/**
	 * Ends the process if an error is fatal and {@link #watch()} was called.
	 * @param ex a caught error
	 */
	public static void report(Throwable ex) {
		if (Thread.getDefaultUncaughtExceptionHandler() instanceof FatalErrors errors) {
			errors.endIfFatal(ex);
		}
	}

	@Override
	public void uncaughtException(Thread thread, Throwable ex) {
		endIfFatal(ex);
		log.error("Thread {} ended", thread.getName(), ex);
	}

	private void endIfFatal(Throwable ex) {
		Throwable cause = ex;
		for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
			endBecauseOf(cause);
			cause = cause.getCause();
		}
	}

	private void endBecauseOf(Throwable cause) {
		if (isOutOfMemory(cause)) {
			ProcessEnd.because("out of memory (" + cause.getMessage() + ")");
		}
		if (cause instanceof UnusableError) {
			ProcessEnd.because(String.valueOf(cause.getMessage()));
		}
	}

	private static boolean isOutOfMemory(Throwable ex) {
		return ex instanceof OutOfMemoryError && !ex.getClass().getSimpleName().equals("OutOfDirectMemoryError")
				&& !String.valueOf(ex.getMessage()).contains("direct buffer memory");
	}

	private void probe() {
		while (!Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(PROBE_EVERY.toNanos());
			this.probe = new byte[PROBE_BYTES];
			this.probe = null;
		}
	}

	/**
	 * An error after which this process can no longer do its work, although a new process
	 * could.
	 */
	public static final class UnusableError extends Error {

		private static final long serialVersionUID = 1L;

		/**
		 * Creates the error.
		 * @param why a clause in the present tense that says what is broken
		 */
		public UnusableError(String why) {
			super(why);
		}

	}

}
