package dev.runnel.process;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process if its orderly shutdown hangs for too long.
 */
public final class StopDeadline implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(StopDeadline.class);

	private final Duration limit;

	private final Thread hook = new Thread(this::begin, "stop-deadline");

	/**
	 * Sets the limit.
	 * @param limit the longest shutdown allowed
	 */
	public StopDeadline(Duration limit) {
		this.limit = limit;
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	private void begin() {
		Thread timer = new Thread(this::end, "stop-deadline-timer");
		timer.setDaemon(true);
		timer.start();
	}

	private void end() {
		try {
			Thread.sleep(this.limit.toMillis());
			ProcessEnd.because("it did not stop within " + this.limit.toSeconds() + " s");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Removes the limit, in case the process goes on after the application has stopped.
	 */
	@Override
	public void close() {
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			log.debug("The process is stopping, so its deadline stays", ex);
		}
	}

}
