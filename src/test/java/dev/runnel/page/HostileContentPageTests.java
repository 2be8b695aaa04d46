package dev.runnel.page;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.runnel.upstream.Script;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.openqa.selenium.Keys;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Texts from strangers, on the page of the whole server and in an exported file: no
 * script runs, nothing is loaded from another host, and no element gets a name.
 */
@Tag("one-jdk")
@Timeout(120)
class HostileContentPageTests {

	@RegisterExtension
	static final Browser browser = new Browser();

	private static final String RUN = "window.ran=1";

	/** Each payload contains "needle", the word for the search. */
	private static final List<String> PAYLOADS = Stream
		.of("<script>RUN</script>", "<img src=x onerror=RUN>", "<svg/onload=RUN>",
				"</textarea></title><script>RUN</script>", "\"><img src=//e.test/x onerror=RUN>", "'-RUN-'",
				"<form id=__proto__><input name=attributes></form>", "<a id=forms name=body href=javascript:RUN>x</a>",
				"<style>@import '//e.test/x'</style>", "<iframe srcdoc=\"<script>parent.ran=1</script>\"></iframe>",
				"{{constructor.constructor('RUN')()}}", "<p x-data x-init=RUN x-text=RUN @click=RUN></p>",
				"javascript:RUN", "data:text/html,<script>RUN</script>",
				"<meta http-equiv=refresh content=\"0;url=//e.test\">", "__proto__", "constructor")
		.map((payload) -> payload.replace("RUN", RUN) + " needle")
		.toList();

	/** The place of a payload in an answer. */
	private static final List<String> PLACES = List.of("%s", "[a](%u)", "[a](<%s>)", "![a](%s)", "[a](/x \"%s\")",
			"# %s", "```%s\nx\n```", "```js\n%s\n```", "`%s`", "- [ ] %s", "> %s", "| %s |\n|---|\n| %s |",
			"$\\text{%s}$", "$$\\href{%s}{x} \\htmlId{%s}{y} \\includegraphics{%s}$$", "a[^%s]\n\n[^%s]: %s",
			"<details>\n<summary>%s</summary>\n\n%s\n</details>", "<kbd id=%s>%s</kbd>", "<%s>", "[a]: <%s>\n\n[a]");

	@RegisterExtension
	static final RunnelSite site = RunnelSite.withModel("--runnel.chat.title-timeout=0s")
		.listing(Script.answer(200, "application/json", JsonMapper.shared().writeValueAsString(models())));

	private static final String SUSPECTS = """
			const onPage = '.prose, .said, .reasoning, .snippet, .entry-title, .model, dialog';
			const text = location.protocol === 'file:' ? 'body' : onPage;
			return [...document.querySelectorAll(text)].flatMap((holder) => [holder, ...holder.querySelectorAll('*')])
				.flatMap((element) => [element, ...element.shadowRoot?.querySelectorAll('*') ?? []])
				.filter((element) => /^(script|iframe|object|embed|base|meta|form|link)$/.test(element.localName)
						&& !element.closest('dialog') && !(element.getRootNode() instanceof ShadowRoot)
					|| element.closest('.rendered') && (element.id.replace(/^.*-note(-ref)?-\\d+$/, '') || element.getAttribute('name'))
					|| [...element.attributes].some(({ name, value }) => /^on/.test(name) || /^\\s*(javascript|data|vbscript):/i.test(value)
						&& /^(href|src|action|formaction)$/.test(name)))
				.map((element) => element.outerHTML.slice(0, 200))""";

	@BeforeEach
	void openEmptyPage() {
		PageSteps.openEmpty(browser, site.url("/ai-demo"));
		browser.hosts();
	}

	@ParameterizedTest
	@FieldSource("PLACES")
	void aQuestionAndThoughtsAndAnAnswerThatComeAndAreOpenedAreHarmless(String place) {
		String hostile = String.join("\n\n", at(place));
		site.upstream()
			.instead(Script.stream().reasoning(hostile).text(hostile + "\n\nThe end").finish("stop").done().end());
		browser.find("#message").click();
		browser.script("""
				const box = document.getElementById('message');
				box.value = arguments[0];
				box.dispatchEvent(new Event('input', { bubbles: true }));""", hostile + "\n\nwhy?");
		browser.type(Keys.ENTER);
		browser.untilStatus("Done");
		browser.untilText("The end");
		browser.until("document.querySelector('.said').textContent.includes('why?')");
		assertHarmless();
		browser.script("document.querySelector('.reasoning').open = true");
		assertHarmless();
		browser.driver().navigate().refresh();
		browser.untilText("The end");
		browser.script("document.querySelector('.reasoning').open = true");
		assertHarmless();
	}

	@Test
	void anImportedConversationAndItsHitsAndItsFileAreHarmless(@TempDir Path folder) throws IOException {
		String id = importAll();
		browser.driver().get(site.url("/ai-demo/c/" + id + "#m-" + encoded(PAYLOADS.get(1))));
		browser.untilText("The end");
		browser.until("document.querySelector('[data-role=assistant]:last-child .prose .math').shadowRoot");
		assertHarmless();
		browser.script("document.querySelectorAll('details.reasoning').forEach((details) => (details.open = true))");
		browser.until("document.querySelector('[data-role=assistant]:last-child .reasoning .math').shadowRoot");
		assertHarmless();
		browser.type(Keys.chord(Keys.CONTROL, "k"));
		browser.type("needle");
		browser.until("document.querySelector('#entries mark')");
		assertHarmless();
		String file = later("fetch('/api/conversations/" + id + "/export?format=html').then((file) => file.text())");
		browser.driver().get(Files.writeString(folder.resolve("export.html"), file).toUri().toString());
		assertThat(browser.find("body").getText()).contains("needle", "The end");
		assertHarmless();
	}

	@Test
	void namesOfModelsAndPresetsAreHarmless() {
		PAYLOADS.forEach((name) -> later("fetch('/api/presets', { method: 'POST', headers: "
				+ "{ 'Content-Type': 'application/json' }, body: arguments[0] }).then(({ status }) => String(status))",
				JsonMapper.shared().writeValueAsString(Map.of("name", name, "settings", Map.of("system", name)))));
		browser.find(".model-choice").click();
		browser.until("document.querySelectorAll('.model-row').length > 10");
		assertHarmless();
		browser.type(Keys.ESCAPE);
		browser.until("!document.querySelector('dialog[open]')");
		PageSteps.openSettings(browser);
		browser.until("document.querySelectorAll('#preset option').length > 10");
		assertHarmless();
	}

	@Test
	void noAddressIsHarmful() {
		for (String payload : PAYLOADS) {
			String text = encoded(payload);
			browser.driver().get(site.url("/ai-demo?query=" + text + "&x=" + text + "#m-" + text));
			browser.until("document.querySelector('[data-phase=idle]') && document.getElementById('search').value");
			assertHarmless();
		}
	}

	/** Shows that the other tests can fail. */
	@Test
	void noticesAScriptAndANameAndAForeignHost() {
		for (String html : List.of("<img src=/x onerror=" + RUN + ">", "<p id=forms>x</p>",
				"<img src=http://e.test/x>")) {
			browser.script(
					"document.getElementById('turns').innerHTML = '<div class=\"prose rendered\">' + arguments[0] + '</div>'",
					html);
			browser.untilPainted();
			assertThatThrownBy(HostileContentPageTests::assertHarmless).isInstanceOf(AssertionError.class);
			openEmptyPage();
		}
	}

	private static void assertHarmless() {
		browser.untilPainted();
		assertThat(browser.<Object>script("return window.ran ?? null")).isNull();
		assertThat(browser.<List<String>>script(SUSPECTS)).isEmpty();
		assertThat(browser.console()).isEmpty();
		assertThat(browser.hosts()).isSubsetOf("127.0.0.1");
	}

	private static Map<String, Object> models() {
		return Map.of("data",
				PAYLOADS.stream()
					.map((payload) -> Map.of("id", "a/" + payload, "name", payload, "context_length", 8000))
					.toList());
	}

	private static List<String> at(String place) {
		return PAYLOADS.stream()
			.map((payload) -> place.replace("%s", payload).replace("%u", payload.replace(" ", "%20")))
			.toList();
	}

	/** The result of a promise. */
	private static String later(String promise, Object... arguments) {
		return (String) browser.driver().executeAsyncScript(promise + ".then([...arguments].at(-1))", arguments);
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, UTF_8).replace("+", "%20");
	}

	/**
	 * Imports a question, reasoning and an answer for each payload at each place, with
	 * payloads in all other texts.
	 */
	private static String importAll() {
		List<String> answers = new ArrayList<>(PLACES.stream().flatMap((place) -> at(place).stream()).toList());
		answers.add("$x^2$ The end");
		List<Object> messages = new ArrayList<>();
		for (String answer : answers) {
			int id = messages.size() + 1;
			String name = PAYLOADS.get(id / 2 % PAYLOADS.size());
			messages.add(message(id, Map.of("role", "user", "content", answer)));
			messages.add(message(id + 1,
					Map.of("role", "assistant", "content", answer, "answer", Map.of("state", "complete", "reasoning",
							answer, "source", "openrouter", "model", name, "provider", name, "finishReason", "stop"))));
		}
		String file = JsonMapper.shared()
			.writeValueAsString(Map.of("format", "runnel-conversation", "version", 1, "title", PAYLOADS.get(3),
					"createdAt", "2026-01-01T00:00:00Z", "updatedAt", "2026-01-01T00:00:00Z", "messages", messages,
					"current", messages.size()));
		return later("fetch('/api/conversations/import', { method: 'POST', headers: "
				+ "{ 'Content-Type': 'application/json' }, body: arguments[0] })"
				+ ".then((answer) => answer.json()).then(({ imported }) => imported[0].id)", file);
	}

	private static Map<String, Object> message(int id, Map<String, Object> content) {
		Map<String, Object> message = new HashMap<>(content);
		message.put("id", id);
		message.put("createdAt", "2026-01-01T00:00:00Z");
		if (id > 1) {
			message.put("parent", id - 1);
		}
		return message;
	}

}
