package dev.runnel.chat;

import dev.runnel.stream.StreamStore;
import dev.runnel.stream.StreamStores;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the store of the turns' logs.
 */
@Configuration(proxyBeanMethods = false)
class ChatConfiguration {

	@Bean
	StreamStore<ChatEvent> chatStreams(StreamStores stores) {
		return stores.create(AnswerFold::new);
	}

}
