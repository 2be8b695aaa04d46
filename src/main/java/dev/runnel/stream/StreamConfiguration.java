package dev.runnel.stream;

import java.time.Duration;

import dev.runnel.process.StopDeadline;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/**
 * Configures the end of the streams at a shutdown, and the writer of encoded entries.
 */
@Configuration(proxyBeanMethods = false)
class StreamConfiguration implements WebFluxConfigurer {

	private static final Duration AFTER_STREAMS = Duration.ofSeconds(15);

	@Bean
	StreamShutdown streamShutdown(StreamStore<?> store, StreamSettings settings) {
		return new StreamShutdown(store, settings.shutdownWait());
	}

	/**
	 * Components that stop after the streams have their own time limits, and these fit
	 * into this time together.
	 */
	@Bean
	StopDeadline stopDeadline(StreamSettings settings) {
		return new StopDeadline(settings.shutdownWait().plus(AFTER_STREAMS));
	}

	@Bean
	ServerSentEvents serverSentEvents(StreamSettings settings) {
		return new ServerSentEvents(settings.keepAlive());
	}

	@Override
	public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
		configurer.customCodecs().register(new LogEntryHttpMessageWriter());
	}

}
