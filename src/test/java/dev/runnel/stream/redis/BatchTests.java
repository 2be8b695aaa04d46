package dev.runnel.stream.redis;

import java.util.List;
import java.util.stream.LongStream;

import dev.runnel.stream.LogEntry;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.TestEvent;
import dev.runnel.web.ProblemException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A batch comes out of Redis as it went in, and gives each reader what it lacks.
 */
class BatchTests {

	private static Batch batch(long after, long... ids) {
		return new Batch(after, LongStream.of(ids).mapToObj(BatchTests::entry).toList(), null);
	}

	private static LogEntry entry(long id) {
		return new LogEntry(id, TestEvent.of(id + ";"));
	}

	private static List<Long> idsBehind(Batch batch, long seen) {
		return batch.behind(seen).stream().map(LogEntry::id).toList();
	}

	@Test
	void comesBackFromItsFields() {
		Batch read = Batch.of(batch(4, 5, 6, 7).fields());
		assertThat(read.after()).isEqualTo(4);
		assertThat(read.end()).isNull();
		assertThat(read.entries()).extracting(LogEntry::id).containsExactly(5L, 6L, 7L);
		assertThat(read.entries()).extracting(TestEvent::textOf).containsExactly("5;", "6;", "7;");
	}

	@Test
	void theLastBatchHasTheLargestId() {
		Batch last = new Batch(7, List.of(entry(8)), StreamState.STOPPED);
		assertThat(last.id()).isEqualTo("9223372036854775807-0");
		assertThat(Batch.of(last.fields()).end()).isEqualTo(StreamState.STOPPED);
	}

	@Test
	void aReaderGetsWhatItLacks() {
		assertThat(idsBehind(batch(4, 5, 6, 7), 4)).containsExactly(5L, 6L, 7L);
		assertThat(idsBehind(batch(4, 5, 6, 7), 6)).containsExactly(7L);
		assertThat(idsBehind(batch(4, 5, 6, 7), 7)).isEmpty();
	}

	@Test
	void aMergedEntryFitsOnlyItsBeginning() {
		assertThat(idsBehind(batch(4, 20, 21), 4)).containsExactly(20L, 21L);
		assertThat(idsBehind(batch(4, 20, 21), 20)).containsExactly(21L);
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> batch(4, 20, 21).behind(10))
			.returns("not_found", ProblemException::code);
	}

	@Test
	void aReaderThatLacksEarlierEventsGetsNone() {
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> batch(4, 5).behind(3))
			.returns("not_found", ProblemException::code);
	}

	@Test
	void aReaderBeyondTheEndGetsTheEnd() {
		Batch last = new Batch(6, List.of(entry(7), entry(8)), StreamState.COMPLETED);
		assertThat(idsBehind(last, 99)).containsExactly(8L);
		assertThat(idsBehind(last, 8)).isEmpty();
	}

	@Test
	void aReaderWithEventsThatNeverCameToRedisGetsTheEndOfALostStream() {
		Batch last = new Batch(6, List.of(entry(6 + Batch.UNKNOWN)), StreamState.FAILED);
		assertThat(idsBehind(last, 6)).containsExactly(6 + Batch.UNKNOWN);
		assertThat(idsBehind(last, 9)).containsExactly(6 + Batch.UNKNOWN);
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> last.behind(5))
			.returns("not_found", ProblemException::code);
	}

	@Test
	void aFenceKeepsTheNextEventsAwayAndGivesReadersNothing() {
		Batch fence = Batch.fence(batch(4, 5, 6));
		assertThat(fence.id()).isEqualTo(6 + Batch.UNKNOWN + "-0");
		Batch read = Batch.of(fence.fields());
		assertThat(read.isFence()).isTrue();
		assertThat(read.lastId()).isEqualTo(6);
		assertThat(idsBehind(read, 6)).isEmpty();
		assertThat(idsBehind(read, 9)).isEmpty();
		assertThat(batch(4, 5).isFence()).isFalse();
		assertThat(new Batch(0, List.of(), null).isFence()).isFalse();
	}

}
