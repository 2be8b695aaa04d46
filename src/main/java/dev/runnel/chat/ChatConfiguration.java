package dev.runnel.chat;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.stream.StreamSettings;
import dev.runnel.stream.StreamSharing;
import dev.runnel.stream.StreamStore;
import dev.runnel.web.MessageLimit;

import org.springframework.beans.factory.ObjectProvider;
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
	StreamStore<ChatEvent> chatStreams(StreamSettings settings, MemoryAccount memory,
			ObjectProvider<StreamSharing> sharing) {
		StreamStore<ChatEvent> own = StreamStore.inMemory(settings, AnswerFold::new, memory);
		StreamSharing shared = sharing.getIfAvailable();
		return (shared != null) ? shared.share(own) : own;
	}

}
