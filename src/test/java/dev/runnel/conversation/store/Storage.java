package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.runnel.conversation.ConversationDeleted;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.Libraries;
import dev.runnel.conversation.Presets;
import dev.runnel.conversation.TurnPlanner;
import dev.runnel.conversation.TurnPlanner.TurnPlan;
import dev.runnel.conversation.TurnStore;
import dev.runnel.data.DataSettings;
import dev.runnel.memory.MemoryAccount;
import dev.runnel.upstream.Origin;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.util.unit.DataSize;

/**
 * The storage of conversations as the application sets it up, without the rest of the
 * application.
 */
final class Storage implements AutoCloseable {

	static final Duration LIMIT = Duration.ofSeconds(20);

	/** The origin of every new answer. Tests end their answers with another origin. */
	static final Origin ASKED = Origin.model("acme/asked");

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private Storage(List<String> settings) {
		TestPropertyValues.of(settings).applyTo(this.context);
		this.context.register(Settings.class, StoreConfiguration.class, RetentionConfiguration.class, Deleted.class);
		this.context.refresh();
	}

	/** Starts the storage with settings, each in the form {@code name=value}. */
	static Storage start(String... settings) {
		return new Storage(List.of(settings));
	}

	TurnStore turns() {
		return this.context.getBean(StoredTurns.class);
	}

	Conversations conversations() {
		return this.context.getBean(StoredConversations.class);
	}

	/** Creates conversations with the given counts. */
	StoredConversations conversations(ConversationCounts counts) {
		return conversations(bean(Database.class), counts);
	}

	/** Creates conversations with the given database. */
	StoredConversations conversations(Database database) {
		return conversations(database, bean(ConversationCounts.class));
	}

	private StoredConversations conversations(Database database, ConversationCounts counts) {
		return new StoredConversations(database, bean(AnswerWriteBehind.class), counts, bean(StorageQuota.class),
				bean(Visits.class), bean(SearchIndex.class), bean(StoreSettings.class), this.context);
	}

	Libraries libraries() {
		return this.context.getBean(StoredLibraries.class);
	}

	Presets presets() {
		return this.context.getBean(StoredPresets.class);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/** The events of deleted conversations. */
	List<ConversationDeleted> deleted() {
		return this.context.getBean(Deleted.class).events;
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * A planner that asks a model, with this room for earlier messages in UTF-16 units.
	 */
	static TurnPlanner plan(int room) {
		return (settings, length, written) -> new TurnPlan(ASKED, room);
	}

	static <T> T get(Mono<T> mono) {
		List<T> values = all(mono.flux());
		return values.get(0);
	}

	static <T> List<T> all(Flux<T> flux) {
		List<T> values = new ArrayList<>();
		StepVerifier.create(flux.collectList()).consumeNextWith(values::addAll).expectComplete().verify(LIMIT);
		return values;
	}

	static void done(Mono<Void> mono) {
		StepVerifier.create(mono).expectComplete().verify(LIMIT);
	}

	@EnableConfigurationProperties({ DataSettings.class, DatabaseSettings.class, StoreSettings.class })
	@ImportAutoConfiguration({ R2dbcAutoConfiguration.class, R2dbcTransactionManagerAutoConfiguration.class })
	static class Settings {

		@Bean
		MemoryAccount memory() {
			return MemoryAccount.of(DataSize.ofMegabytes(100));
		}

	}

	static class Deleted {

		private final List<ConversationDeleted> events = new CopyOnWriteArrayList<>();

		@EventListener
		void deleted(ConversationDeleted event) {
			this.events.add(event);
		}

	}

}
