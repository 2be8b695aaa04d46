package dev.runnel.conversation.store;

import java.time.Clock;
import java.util.Objects;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Sets up the regular deletion of old conversations and of absent visitors, if the
 * settings ask for it.
 */
@Configuration(proxyBeanMethods = false)
class RetentionConfiguration {

	private final Clock clock = Clock.systemUTC();

	@Bean
	@ConditionalOnProperty("runnel.conversation.retention")
	Retention retention(Database database, StoredConversations conversations, StoreSettings settings) {
		return new Retention(database, conversations, Objects.requireNonNull(settings.retention()), this.clock);
	}

	@Bean
	@ConditionalOnProperty("runnel.conversation.retention")
	RegularDeletion deletionOfOldConversations(Retention retention, StoreSettings settings) {
		return new RegularDeletion(Objects.requireNonNull(settings.retention()), retention::deleteOld);
	}

	@Bean
	@ConditionalOnProperty("runnel.conversation.visitor-retention")
	AbsentVisitors absentVisitors(Database database, StoredConversations conversations, Compaction compaction,
			StoreSettings settings) {
		return new AbsentVisitors(database, conversations, compaction,
				Objects.requireNonNull(settings.visitorRetention()), this.clock);
	}

	@Bean
	@ConditionalOnProperty("runnel.conversation.visitor-retention")
	RegularDeletion deletionOfAbsentVisitors(AbsentVisitors absent, StoreSettings settings) {
		return new RegularDeletion(Objects.requireNonNull(settings.visitorRetention()), absent::delete);
	}

}
