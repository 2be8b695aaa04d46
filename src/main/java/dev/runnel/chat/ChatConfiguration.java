package dev.runnel.chat;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.stream.StreamSettings;
import dev.runnel.stream.StreamStore;
import dev.runnel.web.MessageLimit;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Creates the store of the turns' logs, and tells the page the maximum length of a
 * message.
 */
@Configuration(proxyBeanMethods = false)
class ChatConfiguration {

	@Bean
	MessageLimit messageLimit(ChatSettings settings) {
		return new MessageLimit(settings.maxMessageChars());
	}

	@Bean
	StreamStore<ChatEvent> chatStreams(StreamSettings settings, MemoryAccount memory) {
		return StreamStore.inMemory(settings, AnswerFold::new, memory);
	}

}
