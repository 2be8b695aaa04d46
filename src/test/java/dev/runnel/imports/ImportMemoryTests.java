package dev.runnel.imports;

import dev.runnel.memory.MemoryAccount;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The memory of an import, which may end while a thread still parses its file.
 */
class ImportMemoryTests {

	private final MemoryAccount account = MemoryAccount.of(DataSize.ofMegabytes(4));

	private final ImportMemory memory = new ImportMemory(this.account);

	@Test
	void aConversationGivesItsMemoryBackAndTheFileKeepsIts() {
		long begun = this.account.used();
		assertThat(this.memory.keep(500)).isTrue();
		assertThat(this.memory.take(1000)).isTrue();
		assertThat(this.account.used()).isEqualTo(begun + 1500);
		this.memory.beginConversation();
		assertThat(this.account.used()).isEqualTo(begun + 500);
		this.memory.close();
		assertThat(this.account.used()).isZero();
	}

	@Test
	void anImportThatHasEndedTakesNoMore() {
		this.memory.close();
		this.memory.beginConversation();
		assertThat(this.memory.take(1000)).isFalse();
		assertThat(this.memory.keep(1000)).isFalse();
		assertThat(this.account.used()).isZero();
	}

}
