package dev.runnel.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.process.StopDeadline;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/**
 * Configures the store in memory and the writer of encoded entries.
 */
@Configuration(proxyBeanMethods = false)
class StreamConfiguration implements WebFluxConfigurer {

	private static final Duration AFTER_STREAMS = Duration.ofSeconds(15);

	@Bean
	StreamStores streamStores(StreamSettings settings, MemoryAccount memory) {
		return new StreamStores() {
			@Override
			public <E extends StreamEvent> StreamStore<E> create(Supplier<EventFold<E>> folds) {
				return new MemoryStreamStore<>(settings, folds, Schedulers.parallel(), Clock.systemUTC(), memory);
			}
		};
	}

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
