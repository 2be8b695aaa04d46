package dev.runnel.process;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;

/**
 * An appender that examines logged errors and writes nothing.
 */
final class LoggedErrors extends AppenderBase<ILoggingEvent> {

	@Override
	protected void append(ILoggingEvent event) {
		if (event.getThrowableProxy() instanceof ThrowableProxy logged) {
			FatalErrors.report(logged.getThrowable());
		}
	}

}
