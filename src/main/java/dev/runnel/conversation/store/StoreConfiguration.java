package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import dev.runnel.data.DataSettings;
import dev.runnel.data.TemporaryFiles;
import dev.runnel.memory.MemoryAccount;
import dev.runnel.process.FatalErrors;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Sets up the storage of conversations for the configured database.
 */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

	/**
	 * Answers that are not stored yet take at most the memory for work divided by this
	 * number.
	 */
	private static final int UNSTORED_SHARE = 4;

	/** A temporary file of this age belongs to no running server. */
	private static final Duration NO_LONGER_USED = Duration.ofHours(1);

	/** How long a file is kept that was uploaded and not attached to a question. */
	private static final Duration UNASKED_AGE = Duration.ofDays(1);

	/** The first page comes before, unless the machine is very slow. */
	private static final Duration BEFORE_SEARCH = Duration.ofSeconds(3);

	/** The id of this process among the servers that share a database. */
	private final UUID server = UUID.randomUUID();

	private final Clock clock = Clock.systemUTC();

	@Bean
	DatabaseConnections databaseConnections(DatabaseSettings settings, DataSettings data) {
		return DatabaseConnections.open(settings, data);
	}

	/**
	 * Runs transactions without the support of Spring Boot for their annotations, which
	 * would look at each method of each bean.
	 */
	@Bean
	TransactionalOperator transactionalOperator(ReactiveTransactionManager transactions) {
		return TransactionalOperator.create(transactions);
	}

	@Bean
	Database database(DatabaseClient client, TransactionalOperator transactions, DatabaseSettings settings) {
		return new Database(client, transactions, settings.usesPostgres());
	}

	/**
	 * Creates the directory after the embedded database is open, which only one process
	 * can use. Servers that share a PostgreSQL database may also share the directory, so
	 * they delete only older files.
	 */
	@Bean
	TemporaryFiles temporaryFiles(DatabaseConnections connections, DatabaseSettings settings, DataSettings data)
			throws IOException {
		return data.inMemory() ? TemporaryFiles.ofSystem()
				: TemporaryFiles.in(data.directory(), settings.usesPostgres() ? NO_LONGER_USED : Duration.ZERO);
	}

	@Bean
	DatabaseWatch databaseWatch(Database database, DataSettings data) {
		return new DatabaseWatch(database, data.inMemory() ? null : data.directory(), FatalErrors::report);
	}

	@Bean
	SearchIndex searchIndex(Database database, DatabaseConnections connections, DatabaseSettings settings,
			DataSettings data) {
		if (settings.usesPostgres()) {
			return new PostgresSearch(database);
		}
		Path folder = folder(data);
		return new LateSearch(() -> new EmbeddedSearch(database, LuceneIndex.open(folder, connections.databaseId())),
				BEFORE_SEARCH);
	}

	private static @Nullable Path folder(DataSettings data) {
		return data.inMemory() ? null : data.directory().resolve("search");
	}

	@Bean
	AnswerWriteBehind answerWriteBehind(Database database, SearchIndex index, StoreSettings settings,
			MemoryAccount memory) {
		long bytes = Math.min(settings.maxUnstored().toBytes(), memory.max() / UNSTORED_SHARE);
		long chars = bytes / Character.BYTES;
		return new AnswerWriteBehind(database, this.server, chars, memory, index::changed);
	}

	@Bean
	LostAnswers lostAnswers(Database database, SearchIndex index) {
		return new LostAnswers(database, this.server, index::changed);
	}

	@Bean
	StoredInterruptedAnswers storedInterruptedAnswers(Database database, SearchIndex index) {
		return new StoredInterruptedAnswers(database, index::changed);
	}

	@Bean
	Compaction compaction(Database database, DatabaseConnections connections, SearchIndex index) {
		return new Compaction(database, connections, index, Compaction.Times.DEFAULT);
	}

	@Bean
	ConversationCounts conversationCounts(Database database, StoreSettings settings) {
		return new ConversationCounts(database, settings.maxPerVisitor());
	}

	@Bean
	StorageQuota storageQuota(Database database, ConversationCounts counts, StoreSettings settings) {
		return new StorageQuota(database, counts, settings.maxStored(), settings.maxStoredPerVisitor());
	}

	@Bean
	Visits visits(Database database, StoreSettings settings) {
		return (settings.visitorRetention() != null) ? Visits.in(database, this.clock) : Visits.unrecorded();
	}

	@Bean
	StoredTurns storedTurns(Database database, AnswerWriteBehind writer, ConversationCounts counts, StorageQuota quota,
			Visits visits, StoreSettings settings, StoredLedger ledger, MemoryAccount memory) {
		return new StoredTurns(database, new TemporaryTurns(memory), writer, counts, quota, visits, settings, ledger,
				this.server, this.clock);
	}

	@Bean
	StoredConversations storedConversations(Database database, AnswerWriteBehind writer, ConversationCounts counts,
			StorageQuota quota, Visits visits, SearchIndex index, StoreSettings settings,
			ApplicationEventPublisher events) {
		return new StoredConversations(database, writer, counts, quota, visits, index, settings, events);
	}

	/**
	 * Creates the folder of the files after the embedded database is open, which only one
	 * process can use.
	 */
	@Bean
	AttachmentContents attachmentContents(Database database, DatabaseConnections connections, DatabaseSettings settings,
			DataSettings data) throws IOException {
		return (settings.usesPostgres() || data.inMemory()) ? new ContentsInTable(database)
				: ContentsInFolder.in(data.directory());
	}

	@Bean
	StoredAttachments storedAttachments(Database database, AttachmentContents contents, StorageQuota quota,
			Visits visits) {
		return new StoredAttachments(database, contents, quota, visits, this.clock);
	}

	@Bean
	AttachmentCleaning attachmentCleaning(StoredAttachments attachments, AttachmentContents contents) {
		return AttachmentCleaning.of(attachments, contents, UNASKED_AGE, this.clock);
	}

	@Bean
	StoredLibraries storedLibraries(Database database, StorageQuota quota, SearchIndex index,
			StoredConversations conversations, StoredPresets presets) {
		return new StoredLibraries(database, quota, index, conversations, presets);
	}

	@Bean
	StoredLedger storedLedger(Database database) {
		return new StoredLedger(database);
	}

	@Bean
	ForgottenOwners forgottenOwners(Database database) {
		return new ForgottenOwners(database, this.clock);
	}

	@Bean
	StoredOwnBudgets storedOwnBudgets(Database database, ApplicationEventPublisher events) {
		return new StoredOwnBudgets(database, events);
	}

	@Bean
	StoredPresets storedPresets(Database database, StorageQuota quota, Visits visits, Compaction compaction) {
		return new StoredPresets(database, quota, visits, compaction);
	}

}
