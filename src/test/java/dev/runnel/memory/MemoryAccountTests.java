package dev.runnel.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;

import dev.runnel.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Work gets memory while there is room, evictable work makes room, and nothing is counted
 * twice.
 */
class MemoryAccountTests {

	private final MemoryAccount account = MemoryAccount.of(DataSize.ofBytes(1000));

	@Test
	void newWorkLeavesAQuarterForWorkThatGrows() {
		MemoryReservation first = this.account.begin(MemoryUse.RUNNING_STREAMS, 700);
		assertRefused(100);
		assertThat(first.tryGrow(300)).isTrue();
		assertThat(first.tryGrow(1)).isFalse();
		assertThat(first.bytes()).isEqualTo(1000);
		first.close();
		assertThat(this.account.used()).isZero();
	}

	private void assertRefused(long bytes) {
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> this.account.begin(MemoryUse.RUNNING_STREAMS, bytes))
			.satisfies((problem) -> {
				assertThat(problem.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
				assertThat(problem.code()).isEqualTo("rate_limited");
				assertThat(problem.getHeaders().getFirst("Retry-After")).isEqualTo("5");
			});
		assertThat(this.account.used()).as("nothing is taken").isEqualTo(700);
	}

	@Test
	void endedStreamsGoBeforeTemporaryChatsTheOldestFirst() {
		List<String> gone = new ArrayList<>();
		evictable(MemoryUse.TEMPORARY_CHATS, "chat", gone);
		evictable(MemoryUse.ENDED_STREAMS, "stream", gone);
		assertThat(this.account.used()).isEqualTo(600);
		MemoryReservation running = this.account.begin(MemoryUse.RUNNING_STREAMS, 300);
		assertThat(gone).containsExactly("stream 0", "stream 1");
		assertThat(running.tryGrow(500)).isTrue();
		assertThat(gone).containsExactly("stream 0", "stream 1", "stream 2", "chat 0");
		assertThat(running.tryGrow(1000)).isFalse();
	}

	private void evictable(MemoryUse use, String name, List<String> gone) {
		Queue<MemoryReservation> kept = new ArrayDeque<>();
		IntStream.range(0, 3).forEach((i) -> kept.add(this.account.count(use, 100)));
		this.account.registerEvictor(use, () -> {
			MemoryReservation oldest = kept.poll();
			if (oldest == null) {
				return false;
			}
			gone.add(name + " " + (2 - kept.size()));
			oldest.close();
			return true;
		});
	}

	@Test
	void memoryInUseIsCountedBeyondTheBound() {
		MemoryReservation unstored = this.account.count(MemoryUse.UNSTORED_ANSWERS, 5000);
		assertThat(unstored.tryGrow(1)).isFalse();
		unstored.set(10);
		assertThat(this.account.used()).isEqualTo(10);
		assertThat(this.account).hasToString("ended streams 0 KB, temporary chats 0 KB, running streams 0 KB,"
				+ " pictures 0 KB, answers not stored yet 0 KB, responses being sent 0 KB, request bodies 0 KB, imports 0 KB");
	}

	@Test
	void workThatHasEndedTakesNoMoreMemory() {
		MemoryReservation ended = this.account.begin(MemoryUse.RUNNING_STREAMS, 100);
		ended.close();
		assertThat(ended.tryGrow(10)).isFalse();
		assertThat(ended.tryBegin(10)).isFalse();
		ended.set(10);
		ended.close();
		assertThat(ended.bytes()).isZero();
		assertThat(this.account.used()).isZero();
	}

	@Test
	void workThatEndsWhileItMakesRoomReleasesAll() {
		MemoryReservation evictable = this.account.count(MemoryUse.ENDED_STREAMS, 900);
		MemoryReservation ending = this.account.count(MemoryUse.RUNNING_STREAMS, 100);
		this.account.registerEvictor(MemoryUse.ENDED_STREAMS, () -> {
			ending.close();
			evictable.close();
			return false;
		});
		assertThat(ending.tryGrow(200)).isFalse();
		assertThat(this.account.used()).isZero();
	}

	@Test
	void manyThreadsNeverTakeMoreThanThereIs() {
		long most = IntStream.range(0, 20_000).parallel().mapToLong((i) -> {
			MemoryReservation reservation = this.account.count(MemoryUse.IMPORTS, 0);
			reservation.tryGrow(1 + i % 400);
			long used = this.account.used();
			reservation.close();
			return used;
		}).max().orElseThrow();
		assertThat(most).isLessThanOrEqualTo(1000);
		assertThat(this.account.used()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "96, 16", "256, 96", "1024, 480", "16, 4" })
	void theDefaultFitsTheHeap(long heapMegabytes, long bound) {
		assertThat(new MemorySettings(null).bound(DataSize.ofMegabytes(heapMegabytes).toBytes()))
			.isEqualTo(DataSize.ofMegabytes(bound).toBytes());
	}

	@Test
	void aBoundThatLeavesNoRoomForAnyWorkIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MemorySettings(DataSize.ofMegabytes(1)))
			.withMessageContaining("runnel.memory.max");
	}

}
