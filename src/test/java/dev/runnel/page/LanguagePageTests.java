package dev.runnel.page;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.runnel.HttpClients;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page in the reader's language.
 */
class LanguagePageTests extends ScriptedPage {

	private static final Pattern PLURAL = Pattern.compile("\\.(zero|one|two|few|many|other)$");

	private static final Pattern SIDED = Pattern
		.compile("(?m)^\\s*(?:(?:margin|padding|border|inset)-(?:left|right)|left|right)\\b.*:");

	@AfterEach
	void forgetTheChoice() {
		browser.driver().manage().deleteCookieNamed("lang");
	}

	@ParameterizedTest
	@EnumSource(Language.class)
	void everyLanguageSaysAll(Language language) throws IOException {
		assertThat(keys(language)).isEqualTo(keys(Language.ENGLISH));
	}

	@ParameterizedTest
	@CsvSource({ "'de-AT,en;q=0.5',de,Senden", "'ar',ar,إرسال", "'fr,de;q=0.3',de,Senden", "'fr',en,Send",
			"'*',en,Send" })
	void speaksWhatTheBrowserPrefers(String accepted, String language, String send) {
		assertThat(page("/ai-demo", "Accept-Language", accepted)).contains("<html lang=\"" + language + "\"",
				">" + send + "</span></button>");
	}

	@Test
	void aChoiceOverridesTheBrowserAndIsRemembered() {
		assertThat(page("/ai-demo", "Cookie", "lang=de")).contains("<html lang=\"de\" dir=\"ltr\"");
		assertThat(page("/ai-demo", "Cookie", "lang=\"><b>")).contains("<html lang=\"en\"").doesNotContain("<b>");
		browser.driver().get(site.url("/ai-demo?lang=de"));
		browser.driver().get(site.url("/ai-demo"));
		assertThat(browser.find("html").getDomAttribute("lang")).isEqualTo("de");
		assertThat(browser.find("[type=submit]").getAccessibleName()).isEqualTo("Senden");
	}

	@ParameterizedTest
	@CsvSource({ "en, formatting took too long, too much markup in one paragraph",
			"de, das Formatieren hat zu lange gedauert, zu viel Auszeichnung in einem Absatz",
			"ar, استغرق التنسيق وقتًا طويلًا, علامات كثيرة في فقرة واحدة" })
	void aTextThatReachedALimitSaysWhyTheRestIsAsWritten(String language, String late, String marks) {
		browser.driver().get(site.url("/ai-demo?lang=" + language));
		browser.until("document.activeElement?.id === 'message'");
		browser.send("Hi");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p><em>a</em> <span class=\"markup-end\"></span>*b*</p>\n");
		answer.write(1, "<p class=\"plain\"><span class=\"markup-late\"></span>*c*</p>\n");
		browser.until("document.querySelector('.markup-late')");
		browser.until("getComputedStyle(document.querySelector('.markup-late'), '::after').content !== 'none'");
		assertThat(notice(".markup-late")).contains(late);
		assertThat(notice(".markup-end")).contains(marks);
	}

	private static String notice(String selector) {
		return browser.script("return getComputedStyle(document.querySelector(arguments[0]), '::after').content",
				selector);
	}

	@Test
	void scriptsSpeakItTooWithItsPlurals() {
		site.chat().startsAtOnce = false;
		browser.driver().get(site.url("/ai-demo?lang=de"));
		browser.until("document.activeElement?.id === 'message'");
		browser.send("Hallo");
		browser.untilStatus("Wartet auf das Modell…");
		ScriptedStream answer = site.chat().asked();
		answer.start(3);
		answer.write(0, "<p>Guten Tag.</p>\n");
		answer.complete(ScriptedStream.Facts.tokens(1234).lasting(1500));
		browser.untilStatus("Fertig");
		assertThat(browser.find(".facts").getText()).isEqualTo("1.234 Token");
		assertThat(browser.find("#turns").getText()).contains("die ersten 3 Nachrichten nicht gesehen");
	}

	@ParameterizedTest
	@CsvSource({ "de,Die Antwort wurde abgeschnitten.", "ar,انقطعت الإجابة." })
	void theEndOfAnAnswerIsToldInTheReadersLanguage(String language, String sentence) {
		browser.driver().get(site.url("/ai-demo?lang=" + language));
		browser.until("document.activeElement?.id === 'message'");
		browser.send("Hallo");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>Guten</p>\n");
		answer.fail("interrupted", "The answer was interrupted before its end.");
		browser.until("document.querySelector('[role=alert]').innerText.includes(arguments[0])", sentence);
		assertThat(browser.find("[role=alert]").getText()).doesNotContain("interrupted");
	}

	@Test
	void aProblemOfTheServerIsToldInTheReadersLanguage() {
		browser.driver().get(site.url("/ai-demo?lang=de"));
		browser.until("document.activeElement?.id === 'message'");
		site.chat().refuse(HttpStatus.INSUFFICIENT_STORAGE, ErrorCode.STORAGE_FULL, "This server has no room.");
		browser.send("Hallo");
		browser.until("document.querySelector('[role=alert]').innerText.includes('kein Platz mehr')");
		assertThat(browser.find("[role=alert]").getText()).doesNotContain("no room");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "en | You already have 1,234 answers",
			"de | Es werden bereits 1.234 Antworten für Sie geschrieben", "ar | تُكتب لك الآن 1,234 إجابات" })
	void theReasonOfARefusalIsToldInTheReadersLanguage(String language, String sentence) {
		browser.driver().get(site.url("/ai-demo?lang=" + language));
		browser.until("document.activeElement?.id === 'message'");
		site.chat().refuse(ProblemException.tooMany(Duration.ofSeconds(9), Reason.OWN_ANSWERS, 1234));
		browser.send("Hallo");
		browser.until("document.querySelector('[role=alert]').innerText.includes(arguments[0])", sentence);
	}

	@Test
	void aNameInARefusalKeepsItsDirection() {
		browser.driver().get(site.url("/ai-demo?lang=ar"));
		browser.until("document.activeElement?.id === 'message'");
		site.chat()
			.refuse(ProblemException.field("model", "must be a model listed by GET /api/models")
				.because(Reason.MODEL_NOT_OFFERED, "acme/large:free"));
		browser.send("سؤال");
		browser.until("document.querySelector('[role=alert]').innerText.includes('\u2068acme/large:free\u2069')");
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void readsFromRightToLeftWhereTheLanguageDoes(String scheme) {
		browser.media("prefers-color-scheme", scheme);
		browser.driver().get(site.url("/ai-demo?lang=ar"));
		browser.until("document.activeElement?.id === 'message'");
		browser.send("سؤال");
		ScriptedStream answer = site.chat().asked();
		answer.write(0, "<p>جواب <code>code</code></p>\n");
		answer.write(1, "<pre><code class=\"language-java\">int x = 1;\n</code></pre>\n");
		answer.write(2, "<ul>\n<li>أول</li>\n</ul>\n");
		answer.complete();
		browser.untilStatus("تم");
		assertThat(browser.<String>script("return getComputedStyle(document.querySelector('main')).direction"))
			.isEqualTo("rtl");
		assertThat(browser.<Boolean>script(
				"return document.querySelector('[type=submit]').getBoundingClientRect().right < innerWidth / 2"))
			.isTrue();
		assertThat(browser.<String>script("return getComputedStyle(document.querySelector('pre')).direction"))
			.isEqualTo("ltr");
		assertThat(BrokenRules.in(browser)).isEmpty();
		assertThat(browser.console()).isEmpty();
	}

	@Test
	void knowsNoSideButStartAndEnd() throws IOException {
		try (Stream<Path> sheets = Files.list(Path.of("src/main/resources/static/css"))) {
			assertThat(sheets).isNotEmpty()
				.allSatisfy((sheet) -> assertThat(Files.readString(sheet)).doesNotContainPattern(SIDED));
		}
	}

	/**
	 * The keys in a bundle itself, without those that it would take from the English one.
	 */
	private static Set<String> keys(Language language) throws IOException {
		String suffix = (language == Language.ENGLISH) ? "" : "_" + language.tag();
		Properties texts = new Properties();
		texts.load(new StringReader(Files.readString(Path.of("src/main/resources/messages" + suffix + ".properties"))));
		return texts.stringPropertyNames()
			.stream()
			.map((key) -> PLURAL.matcher(key).replaceFirst(""))
			.collect(Collectors.toSet());
	}

	private static String page(String path, String header, String value) {
		String page = HttpClients.at(site.url(""))
			.build()
			.get()
			.uri(path)
			.header(header, value)
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(page).isNotNull();
		return page;
	}

}
