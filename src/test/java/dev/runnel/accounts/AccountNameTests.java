package dev.runnel.accounts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Names of accounts: which are allowed, and which are the same.
 */
class AccountNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "Ann", "ann@example.org", "Jean-Luc O'Neil", "Zoë", "سارة", "李小龍", "7of9", "ราม" })
	void aNameMayBeOfAnyScript(String name) {
		assertThat(AccountName.of(name).shown()).isEqualTo(name);
		assertThat(AccountName.isPossible(name)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "  ", "-ann", "~ann", "<b>", "a\u0000b", "a\u202eb", "a\nb", "a\u200bb", "\ud83d\ude00" })
	void otherTextIsNoName(String text) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> AccountName.of(text))
			.returns(Refusal.Reason.NAME, Refusal::reason);
		assertThat(AccountName.isPossible(text)).isFalse();
	}

	@Test
	void aNameHasAtMostSixtyCharacters() {
		assertThat(AccountName.of("a".repeat(60)).login()).hasSize(60);
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> AccountName.of("a".repeat(61)));
	}

	@ParameterizedTest
	@CsvSource({ "ANN, ann", "' Ann ', ann", "Ｏｌｇａ, olga", "Zoe\u0308, zo\u00eb", "\u212bsa, \u00e5sa" })
	void spellingsOfOneNameAreTheSame(String one, String other) {
		assertThat(AccountName.of(one).login()).isEqualTo(AccountName.of(other).login());
	}

}
