package dev.runnel.conversation.store;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/**
 * Collects the newest hit of each conversation.
 */
final class Newest extends SimpleCollector {

	private final Map<UUID, LuceneIndex.Hit> hits = new HashMap<>();

	private SortedDocValues conversations = DocValues.emptySorted();

	private NumericDocValues positions = DocValues.emptyNumeric();

	private BinaryDocValues ids = DocValues.emptyBinary();

	/**
	 * The highest position in the current segment, by the ordinal of the conversation.
	 */
	private long[] newest = {};

	private int[] docs = {};

	@Override
	protected void doSetNextReader(LeafReaderContext segment) throws IOException {
		gather();
		this.conversations = DocValues.getSorted(segment.reader(), LuceneIndex.CONVERSATION);
		this.positions = DocValues.getNumeric(segment.reader(), LuceneIndex.POSITION);
		this.ids = DocValues.getBinary(segment.reader(), LuceneIndex.ID);
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
		for (long place : inOrderOfTheirDocs()) {
			int number = (int) place;
			UUID conversation = LuceneIndex.uuid(this.conversations.lookupOrd(number));
			LuceneIndex.Hit before = this.hits.get(conversation);
			if (before == null || this.newest[number] > before.position()) {
				this.hits.put(conversation, new LuceneIndex.Hit(message(number), this.newest[number]));
			}
		}
		this.newest = new long[0];
	}

	/**
	 * The ordinals, each in the lower half of a number with its document in the upper
	 * half. They are sorted by document, because doc values can only be read forward, and
	 * without objects, because a frequent word is in most conversations.
	 */
	private long[] inOrderOfTheirDocs() {
		return IntStream.range(0, this.newest.length)
			.filter((number) -> this.newest[number] != Long.MIN_VALUE)
			.mapToLong((number) -> ((long) this.docs[number] << Integer.SIZE) | number)
			.sorted()
			.toArray();
	}

	private @Nullable UUID message(int number) throws IOException {
		boolean title = this.newest[number] == LuceneIndex.TITLE || !this.ids.advanceExact(this.docs[number]);
		return title ? null : LuceneIndex.uuid(this.ids.binaryValue());
	}

	@Override
	public ScoreMode scoreMode() {
		return ScoreMode.COMPLETE_NO_SCORES;
	}

	Map<UUID, LuceneIndex.Hit> hits() throws IOException {
		gather();
		return this.hits;
	}

	/**
	 * Searches the segments one after another, because the searcher has no threads for
	 * parallel work.
	 */
	static final class All implements CollectorManager<Newest, Map<UUID, LuceneIndex.Hit>> {

		private final Newest newest = new Newest();

		@Override
		public Newest newCollector() {
			return this.newest;
		}

		@Override
		public Map<UUID, LuceneIndex.Hit> reduce(Collection<Newest> collectors) throws IOException {
			return this.newest.hits();
		}

	}

}
