package dev.runnel.chat;

import dev.runnel.stream.StreamStore;
import dev.runnel.stream.StreamStores;
import dev.runnel.web.MessageLimit;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the store of the turns' logs, and tells the page how long a message may be.
 */
@Configuration(proxyBeanMethods = false)
class ChatConfiguration {

	@Bean
	MessageLimit messageLimit(ChatSettings settings) {
		return new MessageLimit(settings.maxMessageChars());
	}

	@Bean
	StreamStore<ChatEvent> chatStreams(StreamStores stores) {
		return stores.create(AnswerFold::new);
	}

}
