package dev.runnel.conversation.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.StreamSupport;

import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.FileSystemUtils;

/**
 * The Lucene index of the embedded database. It stores the words of messages and titles,
 * not the texts. One thread writes; any thread may search. All methods block.
 */
final class LuceneIndex implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(LuceneIndex.class);

	/**
	 * The key of the commit data that names the database and the version of the words.
	 */
	private static final String MARK = "database";

	/**
	 * The version of the words that {@link WordReader} reads. If it changes, the index is
	 * rebuilt.
	 */
	private static final int WORDS_VERSION = 2;

	private static final String OWNER = "owner";

	static final String CONVERSATION = "conversation";

	static final String ID = "id";

	static final String POSITION = "position";

	private static final String TEXT = "text";

	/** The position of a title: before every message. */
	static final long TITLE = -1;

	/** The size of the write buffer, in megabytes. */
	private static final double BUFFER = 4;

	private static final FieldType WORDS = new FieldType();

	static {
		WORDS.setIndexOptions(IndexOptions.DOCS);
		WORDS.setOmitNorms(true);
		WORDS.freeze();
	}

	private final Directory directory;

	/** The id of the database and the version of the words. */
	private final String mark;

	/**
	 * Whether the database has recorded a task for everything that is not in the index.
	 */
	private boolean markCompleted;

	private IndexWriter writer;

	private volatile SearcherManager searchers;

	/** Searches share it. The removal of files takes it alone. */
	private final ReadWriteLock searching = new ReentrantReadWriteLock();

	/** Whether the searchers belong to a writer that has been closed. */
	private volatile boolean outdated;

	private LuceneIndex(Directory directory, UUID database) throws IOException {
		this.directory = directory;
		this.mark = database + "/" + WORDS_VERSION;
		this.writer = writer(directory);
		this.markCompleted = isOf(this.writer, this.mark);
		prepare();
		this.searchers = new SearcherManager(this.writer, null);
	}

	/**
	 * Opens the index of a database. An index that is missing, damaged, or from another
	 * database is rebuilt.
	 * @param folder the folder of the index; null for an index in memory
	 * @param database the id of the database
	 * @return the index
	 * @throws IOException if no index can be created
	 * @throws IllegalArgumentException if the folder is in use by another process or is
	 * not writable
	 */
	static LuceneIndex open(@Nullable Path folder, UUID database) throws IOException {
		if (folder == null) {
			return new LuceneIndex(new ByteBuffersDirectory(), database);
		}
		try {
			checkFiles(folder);
			return new LuceneIndex(new NIOFSDirectory(folder), database);
		}
		catch (LockObtainFailedException ex) {
			throw new IllegalArgumentException("runnel.data-dir names a directory that is in use: " + ex.getMessage(),
					ex);
		}
		catch (AccessDeniedException ex) {
			throw new IllegalArgumentException(
					"runnel.data-dir names a directory whose search index this user may not write: " + ex.getMessage(),
					ex);
		}
		catch (IOException | RuntimeException ex) {
			log.warn("The search index in {} is damaged and will be rebuilt: {}", folder, ex.toString());
			FileSystemUtils.deleteRecursively(folder);
			return new LuceneIndex(new NIOFSDirectory(folder), database);
		}
	}

	/**
	 * Checks the checksums of all files. Damage that is found only by a search or a merge
	 * would stay until the next start.
	 */
	private static void checkFiles(Path folder) throws IOException {
		try (Directory directory = new NIOFSDirectory(folder)) {
			if (DirectoryReader.indexExists(directory)) {
				try (DirectoryReader reader = DirectoryReader.open(directory)) {
					for (LeafReaderContext segment : reader.leaves()) {
						segment.reader().checkIntegrity();
					}
				}
			}
		}
	}

	private static IndexWriter writer(Directory directory) throws IOException {
		return new IndexWriter(directory,
				new IndexWriterConfig().setRAMBufferSizeMB(BUFFER)
					.setCommitOnClose(true)
					.setMergePolicy(new TieredMergePolicy().setForceMergeDeletesPctAllowed(0)));
	}

	private static boolean isOf(IndexWriter writer, String mark) {
		Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
		return data != null && StreamSupport.stream(data.spliterator(), false).anyMatch(Map.entry(MARK, mark)::equals);
	}

	private void prepare() throws IOException {
		if (!isOf(this.writer, this.mark)) {
			this.writer.deleteAll();
		}
		if (this.markCompleted) {
			this.writer.setLiveCommitData(Map.of(MARK, this.mark).entrySet());
		}
	}

	/**
	 * Marks the index as belonging to the database. The database has recorded a task for
	 * everything that is missing, so the next start can continue from there.
	 */
	void markComplete() {
		this.markCompleted = true;
		this.writer.setLiveCommitData(Map.of(MARK, this.mark).entrySet());
	}

	/**
	 * Returns to the last commit. The index then works again after an error that closed
	 * the writer, such as a full disk. Searches use the old state until {@link #reopen}.
	 */
	void rollback() throws IOException {
		this.outdated = true;
		this.writer.rollback();
		this.writer = writer(this.directory);
		prepare();
	}

	/**
	 * Whether the index is new, so that the database must still record a task for
	 * everything.
	 */
	boolean isFresh() {
		return !this.markCompleted;
	}

	/**
	 * Adds a message, or replaces it.
	 */
	void put(String owner, UUID conversation, UUID message, int position, String content) throws IOException {
		this.writer.updateDocument(new Term(ID, term(message)),
				document(owner, conversation, message, position, content));
	}

	/**
	 * Adds a title, or replaces it.
	 */
	void putTitle(String owner, UUID conversation, String title) throws IOException {
		this.writer.updateDocument(new Term(ID, term(conversation)),
				document(owner, conversation, conversation, TITLE, title));
	}

	/**
	 * Removes a conversation.
	 */
	void remove(UUID conversation) throws IOException {
		this.writer.deleteDocuments(new Term(CONVERSATION, term(conversation)));
	}

	/** Lets searches use the new writer after a rollback. */
	void reopen() throws IOException {
		if (this.outdated) {
			SearcherManager before = this.searchers;
			this.searchers = new SearcherManager(this.writer, null);
			this.outdated = false;
			before.close();
		}
	}

	/**
	 * Makes all changes visible. Only searches and commits do so, because it writes a
	 * segment. If the index cannot be written, searches use the old state, and the next
	 * update reports the error.
	 */
	private void refresh(SearcherManager current) {
		try {
			if (!this.outdated) {
				current.maybeRefreshBlocking();
			}
		}
		catch (IOException | AlreadyClosedException ex) {
			log.debug("The search index cannot be refreshed", ex);
		}
	}

	/** Makes all changes durable: they survive a crash. */
	void commit() throws IOException {
		this.writer.commit();
		refresh(this.searchers);
	}

	/** Rewrites the files that contain deleted words, and deletes the old files. */
	void forgetDeleted() throws IOException {
		mergeDeleted();
		this.writer.commit();
		reopen();
		this.searchers.maybeRefreshBlocking();
		waitForSearches();
		this.writer.deleteUnusedFiles();
	}

	/**
	 * Merges all segments with deleted words. A merge that had begun before the deletion
	 * keeps the words in its new segment, so its end comes first.
	 */
	private void mergeDeleted() throws IOException {
		do {
			if (this.writer.getConfig().getMergeScheduler() instanceof ConcurrentMergeScheduler merges) {
				merges.sync();
			}
			this.writer.forceMergeDeletes();
		}
		while (this.writer.hasDeletions());
	}

	/** Waits for the searches that still read the old files. Later ones read the new. */
	private void waitForSearches() {
		this.searching.writeLock().lock();
		this.searching.writeLock().unlock();
	}

	private static Document document(String owner, UUID conversation, UUID id, long position, String text) {
		Document document = new Document();
		document.add(new StringField(OWNER, owner, Field.Store.NO));
		document.add(new StringField(CONVERSATION, term(conversation), Field.Store.NO));
		document.add(new SortedDocValuesField(CONVERSATION, term(conversation)));
		document.add(new StringField(ID, term(id), Field.Store.NO));
		document.add(new BinaryDocValuesField(ID, term(id)));
		document.add(new NumericDocValuesField(POSITION, position));
		document.add(new Field(TEXT, new WordStream(text), WORDS));
		return document;
	}

	private static BytesRef term(UUID id) {
		byte[] bytes = new byte[Long.BYTES * 2];
		ByteBuffer.wrap(bytes).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
		return new BytesRef(bytes);
	}

	static UUID uuid(BytesRef term) {
		ByteBuffer bytes = ByteBuffer.wrap(term.bytes, term.offset, term.length);
		return new UUID(bytes.getLong(), bytes.getLong());
	}

	/**
	 * Finds all conversations in which the title or one message has all the words.
	 * @param owner the id of the owner
	 * @param words the beginnings of words
	 * @return the newest hit of each conversation, by conversation id
	 */
	Map<UUID, Hit> find(String owner, List<String> words) throws IOException {
		BooleanQuery.Builder query = new BooleanQuery.Builder().add(new TermQuery(new Term(OWNER, owner)),
				BooleanClause.Occur.FILTER);
		words.forEach((word) -> query.add(prefix(word), BooleanClause.Occur.FILTER));
		this.searching.readLock().lock();
		try {
			return find(query.build());
		}
		finally {
			this.searching.readLock().unlock();
		}
	}

	private Map<UUID, Hit> find(Query query) throws IOException {
		SearcherManager current = this.searchers;
		refresh(current);
		IndexSearcher searcher = current.acquire();
		try {
			return searcher.search(query, new Newest.All());
		}
		finally {
			current.release(searcher);
		}
	}

	private static Query prefix(String word) {
		return new PrefixQuery(new Term(TEXT, word));
	}

	@Override
	public void close() throws IOException {
		this.searchers.close();
		this.writer.close();
		this.directory.close();
	}

	/**
	 * A hit.
	 *
	 * @param message the id of the message; null for the title
	 * @param position the position of the message; negative for the title
	 */
	record Hit(@Nullable UUID message, long position) {
	}

}
