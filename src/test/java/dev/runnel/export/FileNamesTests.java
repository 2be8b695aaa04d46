package dev.runnel.export;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.runnel.CpuTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The names of exported files.
 */
class FileNamesTests {

	private static String name(FileNames names, String title) {
		return names.of(Samples.head(Samples.conversation(title, List.of())), "md");
	}

	private static String name(String title) {
		return name(new FileNames(), title);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "How is tea made? | How is tea made 2026-01-31.md", "../../etc/passwd | etc passwd 2026-01-31.md",
					"C:\\temp\\x | C temp x 2026-01-31.md", "CON | _CON 2026-01-31.md",
					"aux.txt | _aux.txt 2026-01-31.md", "com1 | _com1 2026-01-31.md", "Console | Console 2026-01-31.md",
					".hidden | hidden 2026-01-31.md", "-rf | rf 2026-01-31.md", "~root | root 2026-01-31.md",
					"dots... | dots 2026-01-31.md", "??? | Conversation 2026-01-31.md",
					"Grüße 茶 🍵 | Grüße 茶 🍵 2026-01-31.md", "100% <b> | 100 b 2026-01-31.md" })
	void isTheTitleAndTheDay(String title, String name) {
		assertThat(name(title)).isEqualTo(name);
	}

	@Test
	void hasNoCharacterThatCannotBeSeenOrTurnsTheText() {
		assertThat(name("a\u202Egpj.exe\u0000\r\n\uFEFF\u2028b\uD83D")).isEqualTo("a gpj.exe b\uFFFD 2026-01-31.md");
	}

	@Test
	void isShortEnoughForEverySystem() {
		for (String text : List.of("x", "é", "茶", "🍵")) {
			assertThat(name(text.repeat(200)).getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(180);
		}
	}

	@Test
	void isGivenOnlyOnceInAnyCase() {
		FileNames names = new FileNames();
		assertThat(name(names, "Tea")).isEqualTo("Tea 2026-01-31.md");
		assertThat(name(names, "TEA")).isEqualTo("TEA 2026-01-31 (2).md");
		assertThat(name(names, "tea")).isEqualTo("tea 2026-01-31 (3).md");
	}

	/** A number that is searched from the beginning each time takes their square. */
	@Test
	void tenThousandEqualTitlesTakeLittleMoreTimeThanDifferentOnes() {
		FileNames different = new FileNames();
		FileNames equal = new FileNames();
		Duration usual = CpuTime.of(() -> IntStream.range(0, 10_000).forEach((i) -> name(different, "Tea " + i)));
		Duration taken = CpuTime.of(() -> IntStream.range(0, 10_000).forEach((i) -> name(equal, "Tea")));
		assertThat(taken).isLessThan(usual.multipliedBy(10).plusMillis(500));
		assertThat(name(equal, "tea")).isEqualTo("tea 2026-01-31 (10001).md");
	}

	@Test
	void aTitleWithANumberIsNotTakenForACopy() {
		FileNames names = new FileNames();
		List<String> given = Stream.of("Tea", "Tea", "Tea 2026-01-31 (2)", "Tea 2026-01-31", "tea", "Tea (2)")
			.map((title) -> name(names, title).toLowerCase(Locale.ROOT))
			.toList();
		assertThat(given).doesNotHaveDuplicates();
	}

	@Property
	void isAlwaysPlain(@ForAll @CharRange(from = 0, to = 0xFFFF) @StringLength(max = 250) String title) {
		String name = name(title);
		assertThat(name)
			.doesNotContainPattern("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}<>:\"/\\\\|?*%\\u202A-\\u202E\\u2066-\\u2069]")
			.doesNotStartWith(".")
			.doesNotStartWith("-")
			.doesNotStartWith(" ")
			.endsWith(" 2026-01-31.md");
		assertThat(name.getBytes(StandardCharsets.UTF_8).length).isBetween(15, 180);
	}

}
