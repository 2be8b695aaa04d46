package dev.runnel.conversation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermQuery;
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
 * The index of the embedded database: which words are in which messages and titles, not
 * the texts themselves. One thread writes, any may search. Everything blocks.
 */
final class LuceneIndex implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(LuceneIndex.class);

	/** Says to which database the index belongs. */
	private static final String MARK = "database";

	private static final String OWNER = "owner";

	private static final String CONVERSATION = "conversation";

	private static final String ID = "id";

	private static final String POSITION = "position";

	private static final String TEXT = "text";

	/** A title comes before every message. */
	private static final long TITLE = -1;

	/** What is held in memory before it is written, in megabytes. */
	private static final double BUFFER = 4;

	private static final FieldType WORDS = new FieldType();

	static {
		WORDS.setIndexOptions(IndexOptions.DOCS);
		WORDS.setOmitNorms(true);
		WORDS.freeze();
	}

	private final Directory directory;

	private final UUID database;

	private final boolean fresh;

	private IndexWriter writer;

	private volatile SearcherManager searchers;

	/** Whether the searchers are of a writer that is no more. */
	private boolean outdated;

	private LuceneIndex(Directory directory, UUID database) throws IOException {
		this.directory = directory;
		this.database = database;
		this.writer = writer(directory);
		this.fresh = !isOf(this.writer, database);
		begin();
		this.searchers = new SearcherManager(this.writer, null);
	}

	/**
	 * Opens the index of a database. One that is missing, damaged or another database's
	 * is begun anew.
	 * @param folder where it is kept; null for memory
	 * @param database by which to know the database
	 * @return the index
	 * @throws IOException if there can be none
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
		catch (IOException | RuntimeException ex) {
			log.warn("The search index in {} is damaged and is made anew: {}", folder, ex.toString());
			FileSystemUtils.deleteRecursively(folder);
			return new LuceneIndex(new NIOFSDirectory(folder), database);
		}
	}

	/** What is only found while searching or merging would stay until the next start. */
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
		return new IndexWriter(directory, new IndexWriterConfig().setRAMBufferSizeMB(BUFFER).setCommitOnClose(true));
	}

	private static boolean isOf(IndexWriter writer, UUID database) {
		if (writer.getLiveCommitData() != null) {
			for (Map.Entry<String, String> entry : writer.getLiveCommitData()) {
				if (entry.getKey().equals(MARK)) {
					return entry.getValue().equals(database.toString());
				}
			}
		}
		return false;
	}

	private void begin() throws IOException {
		if (!isOf(this.writer, this.database)) {
			this.writer.deleteAll();
		}
		this.writer.setLiveCommitData(Map.of(MARK, this.database.toString()).entrySet());
	}

	/**
	 * Goes back to what was last made to outlive a crash, after which everything works
	 * again that an error such as a full disk has brought to its end. Searches find what
	 * they found until the next refresh.
	 */
	void goBack() throws IOException {
		this.outdated = true;
		this.writer.rollback();
		this.writer = writer(this.directory);
		begin();
	}

	/** Whether nothing is in it yet. */
	boolean isFresh() {
		return this.fresh;
	}

	/**
	 * Takes in a message in place of what it was before.
	 */
	void put(String owner, UUID conversation, UUID message, int position, String content) throws IOException {
		this.writer.updateDocument(new Term(ID, term(message)),
				document(owner, conversation, message, position, content));
	}

	/**
	 * Takes in a title in place of what it was before.
	 */
	void putTitle(String owner, UUID conversation, String title) throws IOException {
		this.writer.updateDocument(new Term(ID, term(conversation)),
				document(owner, conversation, conversation, TITLE, title));
	}

	/**
	 * Forgets a conversation.
	 */
	void remove(UUID conversation) throws IOException {
		this.writer.deleteDocuments(new Term(CONVERSATION, term(conversation)));
	}

	/** What was taken in is found from now on. */
	void refresh() throws IOException {
		if (!this.outdated) {
			this.searchers.maybeRefresh();
			return;
		}
		SearcherManager before = this.searchers;
		this.searchers = new SearcherManager(this.writer, null);
		this.outdated = false;
		before.close();
	}

	/** What was taken in outlives a crash from now on. */
	void commit() throws IOException {
		this.writer.commit();
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

	private static UUID uuid(BytesRef term) {
		ByteBuffer bytes = ByteBuffer.wrap(term.bytes, term.offset, term.length);
		return new UUID(bytes.getLong(), bytes.getLong());
	}

	/**
	 * Finds all conversations of which a message or the title has all the words.
	 * @param owner whose
	 * @param words beginnings of words
	 * @return the newest hit of each conversation
	 */
	Map<UUID, Hit> find(String owner, List<String> words) throws IOException {
		BooleanQuery.Builder query = new BooleanQuery.Builder().add(new TermQuery(new Term(OWNER, owner)),
				BooleanClause.Occur.FILTER);
		words.forEach((word) -> query.add(prefix(word), BooleanClause.Occur.FILTER));
		SearcherManager current = this.searchers;
		IndexSearcher searcher = current.acquire();
		try {
			return searcher.search(query.build(), new NewestOfAll());
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
	 * Where something was found.
	 *
	 * @param message which message; null for the title
	 * @param position the position of the message; below zero for the title
	 */
	record Hit(@Nullable UUID message, long position) {
	}

	/**
	 * Looks at one segment after the other: there are no threads to share the work.
	 */
	private static final class NewestOfAll implements CollectorManager<Newest, Map<UUID, Hit>> {

		private final Newest newest = new Newest();

		@Override
		public Newest newCollector() {
			return this.newest;
		}

		@Override
		public Map<UUID, Hit> reduce(Collection<Newest> collectors) throws IOException {
			return this.newest.hits();
		}

	}

	/**
	 * Gathers the newest hit of each conversation.
	 */
	private static final class Newest extends SimpleCollector {

		private final Map<UUID, Hit> hits = new HashMap<>();

		private SortedDocValues conversations = DocValues.emptySorted();

		private NumericDocValues positions = DocValues.emptyNumeric();

		private BinaryDocValues ids = DocValues.emptyBinary();

		/** Of the segment that is looked at, by the number of the conversation in it. */
		private long[] newest = {};

		private int[] docs = {};

		@Override
		protected void doSetNextReader(LeafReaderContext segment) throws IOException {
			gather();
			this.conversations = DocValues.getSorted(segment.reader(), CONVERSATION);
			this.positions = DocValues.getNumeric(segment.reader(), POSITION);
			this.ids = DocValues.getBinary(segment.reader(), ID);
			this.newest = new long[this.conversations.getValueCount()];
			this.docs = new int[this.newest.length];
			Arrays.fill(this.newest, Long.MIN_VALUE);
		}

		@Override
		public void collect(int doc) throws IOException {
			if (this.conversations.advanceExact(doc) && this.positions.advanceExact(doc)) {
				int number = this.conversations.ordValue();
				long position = this.positions.longValue();
				if (position > this.newest[number]) {
					this.newest[number] = position;
					this.docs[number] = doc;
				}
			}
		}

		private void gather() throws IOException {
			for (int number : inOrderOfTheirDocs()) {
				UUID conversation = uuid(this.conversations.lookupOrd(number));
				Hit before = this.hits.get(conversation);
				if (before == null || this.newest[number] > before.position()) {
					this.hits.put(conversation, new Hit(message(number), this.newest[number]));
				}
			}
			this.newest = new long[0];
		}

		/** Values are read forwards only. */
		private int[] inOrderOfTheirDocs() {
			return IntStream.range(0, this.newest.length)
				.filter((number) -> this.newest[number] != Long.MIN_VALUE)
				.boxed()
				.sorted(Comparator.comparingInt((number) -> this.docs[number]))
				.mapToInt(Integer::intValue)
				.toArray();
		}

		private @Nullable UUID message(int number) throws IOException {
			boolean title = this.newest[number] == TITLE || !this.ids.advanceExact(this.docs[number]);
			return title ? null : uuid(this.ids.binaryValue());
		}

		@Override
		public ScoreMode scoreMode() {
			return ScoreMode.COMPLETE_NO_SCORES;
		}

		Map<UUID, Hit> hits() throws IOException {
			gather();
			return this.hits;
		}

	}

	/**
	 * The words of a text, one after the other.
	 */
	private static final class WordStream extends TokenStream {

		private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

		private final String text;

		private Words.@Nullable Word next;

		WordStream(String text) {
			this.text = text;
		}

		@Override
		public void reset() {
			this.next = Words.Word.first(this.text);
		}

		@Override
		public boolean incrementToken() {
			clearAttributes();
			Words.Word word = this.next;
			if (word == null) {
				return false;
			}
			this.term.append(word.text(this.text));
			this.next = word.next(this.text);
			return true;
		}

	}

}
