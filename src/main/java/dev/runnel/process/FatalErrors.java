package dev.runnel.process;

import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Ends the process on errors after which it could only linger: memory is out, or the
 * process says so itself ({@link UnusableError}).
 * <p>
 * Such an error rarely reaches the end of its thread: event loops and schedulers catch
 * and log it. So the log is looked at as well, and a thread asks every second for a
 * little memory. A full direct memory is no such error: it has a bound of its own and
 * becomes free again.
 */
public final class FatalErrors implements UncaughtExceptionHandler {

	private static final org.slf4j.Logger log = LoggerFactory.getLogger(FatalErrors.class);

	private static final Duration PROBE_EVERY = Duration.ofSeconds(1);

	private static final int PROBE_BYTES = 256 * 1024;

	/** Enough for the wrappers of any error, and an end where causes go in a circle. */
	private static final int MAX_CAUSES = 20;

	/** Keeps the compiler from leaving the probe out. */
	private volatile byte @Nullable [] probe;

	private FatalErrors() {
	}

	/**
	 * Begins to watch this process: its threads and its heap.
	 */
	public static void watch() {
		FatalErrors errors = new FatalErrors();
		Thread.setDefaultUncaughtExceptionHandler(errors);
		Thread prober = new Thread(errors::probe, "heap-probe");
		prober.setDaemon(true);
		prober.start();
	}

	/**
	 * Begins to watch what is logged. To be called when logging is set up, which lets
	 * everything go that was there before.
	 */
	public static void watchLog() {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		LoggedErrors appender = new LoggedErrors();
		appender.setContext(root.getLoggerContext());
		appender.start();
		root.addAppender(appender);
	}

	/**
	 * Ends the process if an error is fatal and the process is watched.
	 * @param ex an error that was caught
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
			if (isOutOfMemory(cause)) {
				ProcessEnd.because("memory is out (" + cause.getMessage() + ")");
			}
			if (cause instanceof UnusableError) {
				ProcessEnd.because(String.valueOf(cause.getMessage()));
			}
			cause = cause.getCause();
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

}
