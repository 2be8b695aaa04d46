package dev.runnel.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.runnel.attachments.PdfBombs;
import dev.runnel.attachments.SampleFiles;
import dev.runnel.upstream.Script;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files in the message box: chosen, dropped and pasted, shown before they are sent, and
 * with their question afterwards.
 */
@Timeout(300)
@Tag("one-jdk")
class AttachmentPageTests {

	@RegisterExtension
	static final RunnelSite site = RunnelSite.withModel().listing(Script.answer(200, "application/json", """
			{"data":[
			{"id":"acme/eyes","name":"Eyes","architecture":{"input_modalities":["text","image"]},
			"pricing":{"prompt":"0.00001","completion":"0.00001"}},
			{"id":"acme/blind","name":"Blind","architecture":{"input_modalities":["text"]},
			"pricing":{"prompt":"0.00001","completion":"0.00001"}}]}"""));

	@RegisterExtension
	static final Browser browser = new Browser();

	@TempDir
	private Path folder;

	@BeforeEach
	void openEmptyPage() {
		PageSteps.openEmpty(browser, site.url("/ai-demo?lang=en"));
		browser.until("document.querySelector('.model-choice')?.innerText.includes('Eyes')");
		site.upstream().instead(Script.hello());
	}

	private void choose(String name, byte[] bytes) throws IOException {
		Path file = Files.write(this.folder.resolve(name), bytes);
		browser.find("#files").sendKeys(file.toString());
	}

	/** Gives files to the message box, as a drop or as a paste of the reader does. */
	private static void give(String event, String name, byte[] bytes) {
		browser
			.script("""
					const data = new DataTransfer();
					const bytes = Uint8Array.from(atob(arguments[2]), (one) => one.charCodeAt(0));
					data.items.add(new File([bytes], arguments[1]));
					const options = { clipboardData: data, dataTransfer: data, bubbles: true, cancelable: true };
					document.getElementById('message').dispatchEvent(
						arguments[0] === 'paste' ? new ClipboardEvent('paste', options) : new DragEvent('drop', options));""",
					event, name, Base64.getEncoder().encodeToString(bytes));
	}

	private static void untilAttached(String name) {
		browser.until("[...document.querySelectorAll('.files [data-state=done]')].some((one) =>"
				+ " one.innerText.includes(arguments[0]))", name);
	}

	private static void chooseModel(String id) {
		browser.script("sessionStorage.setItem('runnel.settings.new', JSON.stringify({ model: arguments[0] }))", id);
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
	}

	private static JsonNode sent() {
		return JsonMapper.shared().readTree(site.upstream().takeRequest().body()).get("messages");
	}

	@Test
	void aPictureIsShownBeforeItIsSentAndStaysWithItsQuestion() throws IOException {
		choose("map.png", SampleFiles.picture("png", 1200, 900));
		untilAttached("map.png");
		browser.until("document.querySelector('.files img').naturalWidth === 1200");
		assertThat(browser.find(".files .file-facts").getText()).contains("KB", "1,441 tokens");
		assertThat(browser.find(".estimate").getText()).contains("1,441 tokens", "$");
		browser.find("#message").click();
		browser.type("What is this?");
		browser.driver().navigate().refresh();
		untilAttached("map.png");
		browser.until("document.getElementById('message').value === 'What is this?'");
		browser.find("#message").sendKeys(Keys.ENTER);
		browser.untilText("Hello");
		browser.until("document.querySelectorAll('.files li').length === 0");
		browser.until("document.querySelector('.attached img').naturalWidth === 1200");
		assertThat(sent().get(0).get("content").get(1).get("type").asString()).isEqualTo("image_url");
		browser.untilIdle();
		browser.driver().navigate().refresh();
		browser.until("document.querySelector('.attached img')?.naturalWidth === 1200");
		assertThat(browser.find(".attached img").getDomAttribute("alt")).isEqualTo("map.png");
		browser.until("document.activeElement?.id === 'message'");
		assertThat(PageSteps.count(browser, ".files li")).isZero();
		assertThat(PageSteps.count(browser, ".attached li")).isEqualTo(1);
	}

	@Test
	void aPastedPictureIsAskedAbout() {
		give("paste", "image.png", SampleFiles.picture("png", 300, 200));
		untilAttached("image.png");
		browser.find("#message").click();
		browser.send("What is this?");
		browser.untilText("Hello");
		JsonNode parts = sent().get(0).get("content");
		assertThat(parts.get(0).get("text").asString()).isEqualTo("What is this?");
		assertThat(parts.get(1).get("image_url").get("url").asString()).startsWith("data:image/png;base64,");
		browser.until("document.querySelector('.attached img').naturalWidth === 300");
	}

	@Test
	void anEditedQuestionKeepsItsFiles() throws IOException {
		choose("notes.txt", SampleFiles.ascii("A runnel is small."));
		untilAttached("notes.txt");
		browser.find("#message").click();
		browser.send("What is it?");
		browser.untilText("Hello");
		browser.untilIdle();
		assertThat(sent().get(0).get("content").asString()).contains("A runnel is small.");
		browser.find("#message").sendKeys(Keys.ARROW_UP);
		browser.until("document.activeElement.closest('.turn')");
		browser.type(" Really?", Keys.ENTER);
		assertThat(sent().get(0).get("content").asString()).contains("A runnel is small.").endsWith("Really?");
		browser.untilIdle();
		assertThat(browser.find(".attached").getText()).isEqualTo("notes.txt");
		assertThat(browser.find(".attached a").getSize().getHeight()).isGreaterThanOrEqualTo(44);
	}

	@Test
	void aPdfTellsItsPagesTokensAndPrice() {
		chooseModel("acme/blind");
		give("drop", "long.pdf", SampleFiles.pdf(40, "A page of a long document, with its number"));
		untilAttached("long.pdf");
		assertThat(browser.find(".files .file-facts").getText()).contains("KB", "40 pages", "tokens");
		assertThat(browser.find(".estimate").getText()).contains("tokens", "$");
		assertThat(browser.find(".files li > .icon").isDisplayed()).isTrue();
		assertThat(browser.find(".blind").isDisplayed()).isFalse();
		browser.find(".file-pages input").sendKeys(Keys.chord(Keys.CONTROL, "a"), "3-99", Keys.ENTER);
		browser.until("document.querySelector('.file-facts').innerText.includes('38 pages')");
		browser.until("document.querySelector('.file-pages input').value === '3–40'");
		browser.find(".file-pages input").sendKeys(Keys.chord(Keys.CONTROL, "a"), "none", Keys.ENTER);
		browser.until("document.querySelector('.file-pages input').value === '3–40'");
		browser.find(".files .square").click();
		browser.until("document.querySelectorAll('.files li').length === 0");
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		assertThat(PageSteps.count(browser, ".files li")).isZero();
	}

	@Test
	void aFileOfADraftThatIsGoneIsNotSent() throws IOException {
		choose("map.png", SampleFiles.picture("png", 30, 20));
		untilAttached("map.png");
		browser.script("return fetch(document.querySelector('.files img').src, { method: 'DELETE' }).then(() => true)");
		browser.driver().navigate().refresh();
		browser.until("document.querySelector('.files [data-state=failed]')");
		assertThat(browser.find(".files .file-facts").getText()).isEqualTo("This file was deleted meanwhile.");
		browser.find(".files .square").click();
		browser.until("document.querySelectorAll('.files li').length === 0");
	}

	@Test
	void aModelThatCannotSeeIsNamedBeforeSending() throws IOException {
		chooseModel("acme/blind");
		choose("map.png", SampleFiles.picture("png", 30, 20));
		untilAttached("map.png");
		browser.until("document.querySelector('.blind').innerText.includes('Blind cannot see pictures.')");
		browser.find("#message").click();
		browser.type("What is this?");
		assertThat(browser.find("[type=submit]").isEnabled()).isFalse();
		browser.button("Choose a model…").click();
		browser.until("document.querySelector('dialog[open] .count')?.innerText === '1 model'");
		assertThat(browser.find("dialog[open] .models").getText()).contains("Eyes").doesNotContain("Blind");
		browser.type(Keys.ESCAPE);
		browser.until("!document.querySelector('dialog[open]')");
		browser.button("Use Eyes").click();
		browser.until("!document.querySelector('[type=submit]').disabled");
		assertThat(browser.find(".blind").isDisplayed()).isFalse();
		assertThat(browser.find(".model-choice").getText()).contains("Eyes");
	}

	@Test
	void aFileThatIsRefusedSaysWhy() throws IOException {
		choose("report.docx", SampleFiles.ascii("PK\3\4\0\0 a zip"));
		browser.until("document.querySelector('.files [data-state=failed]')");
		assertThat(browser.find(".files .file-facts").getText()).contains("no picture");
		browser.find("#message").click();
		browser.type("What is this?");
		assertThat(browser.find("[type=submit]").isEnabled()).isFalse();
		browser.find(".files .square").click();
		browser.until("!document.querySelector('[type=submit]').disabled");
	}

	@Test
	void anEmptyFileIsRefusedBeforeItIsUploaded() throws IOException {
		choose("small.txt", SampleFiles.ascii("A runnel is small."));
		untilAttached("small.txt");
		browser.offline(true);
		choose("empty.txt", new byte[0]);
		browser.until("document.querySelector('.files [data-state=failed]')");
		browser.offline(false);
		assertThat(browser.find(".files [data-state=failed] .file-facts").getText()).isEqualTo("The file is empty.");
	}

	@Test
	void anUploadShowsItsProgressAndCanBeCancelled() throws IOException {
		choose("small.txt", SampleFiles.ascii("A runnel is small."));
		untilAttached("small.txt");
		browser.find("#message").click();
		browser.type("What is this?");
		browser.slowUploads(20_000);
		choose("large.txt", SampleFiles.ascii("word ".repeat(800_000)));
		browser.until("[...document.querySelectorAll('.files progress')].at(-1).value > 0");
		assertThat(browser.find("[type=submit]").isEnabled()).isFalse();
		browser.find(".files li:last-child .square").click();
		browser.until("!document.querySelector('[type=submit]').disabled");
		assertThat(browser.find(".files").getText()).contains("small.txt").doesNotContain("large.txt");
	}

	@Test
	void aFileThatWasNotSentBecauseOfTheNetworkSaysSo() throws IOException {
		choose("small.txt", SampleFiles.ascii("A runnel is small."));
		untilAttached("small.txt");
		browser.offline(true);
		choose("other.txt", SampleFiles.ascii("Another one"));
		browser.until(
				"document.querySelector('.files [data-state=failed] .file-facts')?.innerText.includes('cannot be reached')");
		browser.offline(false);
		browser.console();
	}

	@Test
	void filesThatWouldFillTheServerAreRefused() throws IOException {
		refuse("wide.png", SampleFiles.pngOfSize(20_000, 20_000));
		refuse("many.pdf", SampleFiles.scan(10_000));
		refuse("deep.pdf", PdfBombs.ofBlanks(200));
		refuse("report.docx", SampleFiles.zipBomb(200));
	}

	private void refuse(String name, byte[] bytes) throws IOException {
		choose(name, bytes);
		browser.until("document.querySelector('.files [data-state=failed] .file-facts')?.innerText");
		assertThat(browser.find(".files").getText()).contains(name);
		browser.find(".files .square").click();
		browser.until("document.querySelectorAll('.files li').length === 0");
	}

	@Test
	void aMessageThatWaitsKeepsItsFilesAlsoThroughAReload() throws IOException {
		browser.script("localStorage.setItem('runnel.typing', 'true')");
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		CountDownLatch gate = new CountDownLatch(1);
		site.upstream().instead(Script.stream().text("One").awaitGate(gate).finish("stop").done().end());
		browser.send("first");
		browser.untilText("One");
		choose("notes.txt", SampleFiles.ascii("Low tide at six."));
		untilAttached("notes.txt");
		browser.find("#message").sendKeys("second", Keys.ENTER);
		untilWaiting("notes.txt");
		browser.driver().navigate().refresh();
		untilWaiting("notes.txt");
		browser.find(".queued button").click();
		untilAttached("notes.txt");
		browser.until("document.getElementById('message').value === 'second'");
		choose("map.png", SampleFiles.picture("png", 30, 20));
		untilAttached("map.png");
		browser.find("#message").sendKeys(Keys.ENTER);
		untilWaiting("notes.txt, map.png");
		site.upstream().instead(Script.hello(), Script.hello());
		gate.countDown();
		browser.untilText("Hello");
		browser.untilIdle();
		assertThat(PageSteps.count(browser, "#turns > :nth-child(3) .attached li")).isEqualTo(2);
		assertThat(site.upstream().requests()).anyMatch((request) -> request.text().contains("Low tide at six."));
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		assertThat(browser.<Long>script("return Object.keys({ ...localStorage, ...sessionStorage })"
				+ ".filter((key) => /queued|files|draft/.test(key)).length"))
			.isZero();
	}

	private static void untilWaiting(String names) {
		browser.until("document.querySelector('.queued')?.innerText.includes(arguments[0])"
				+ " && document.querySelectorAll('.files li').length === 0", names);
	}

	@Test
	void anImportedChatHasTheFilesOfTheExportedOne() throws IOException {
		choose("map.png", SampleFiles.picture("png", 30, 20));
		choose("notes.txt", SampleFiles.ascii("A runnel is small."));
		untilAttached("map.png");
		untilAttached("notes.txt");
		browser.find("#message").click();
		browser.send("What is this?");
		browser.untilText("Hello");
		browser.untilIdle();
		List<String> files = browser
			.script("""
					return (async () => {
						const exported = (id) => fetch(`/api/conversations/${id}/export?format=json`).then((file) => file.text());
						const own = await exported(location.pathname.split('/').at(-1));
						const first = own.replace('"origin":"runnel:', '"origin":"elsewhere:');
						const headers = { 'Content-Type': 'application/json' };
						const response = await fetch('/api/conversations/import', { method: 'POST', headers, body: first });
						const [{ id }] = (await response.json()).imported;
						return [first, await exported(id), id];
					})()""");
		assertThat(files.get(1)).isEqualTo(files.get(0)).contains("map.png", "notes.txt");
		browser.driver().get(site.url("/ai-demo/c/" + files.get(2)));
		browser.until("document.querySelector('.attached img')?.naturalWidth === 30");
		assertThat(browser.find(".attached").getText()).isEqualTo("notes.txt");
	}

	@Test
	void tenFilesLeaveRoomForTheMessageOnAPhone() {
		browser.phone();
		for (int i = 0; i < 10; i++) {
			give("drop", "A name with many words, of a file that somebody wrote down %d.txt".formatted(i),
					SampleFiles.ascii("Text " + i));
		}
		browser.until("document.querySelectorAll('.files [data-state=done]').length === 10");
		assertThat(browser.<Boolean>script("""
				const { bottom } = document.querySelector('[type=submit]').getBoundingClientRect();
				return bottom <= innerHeight && document.documentElement.scrollWidth <= innerWidth""")).isTrue();
		assertThat(browser.<List<Long>>script("""
				return [...document.querySelectorAll('.file-facts')].map((one) => one.offsetHeight)"""))
			.allMatch((height) -> height < 30);
	}

	@Test
	void aFileThatIsRefusedSaysWhyInTheLanguageOfThePage() throws IOException {
		browser.driver().get(site.url("/ai-demo?lang=de"));
		browser.until("document.activeElement?.id === 'message'");
		choose("report.docx", SampleFiles.ascii("PK\3\4\0\0 a zip"));
		browser.until("document.querySelector('.files [data-state=failed]')");
		assertThat(browser.find(".files .file-facts").getText()).contains("Anhängen lassen sich nur Bilder");
	}

	@Test
	void aLongTextThatIsPastedBecomesAFileAndCanComeBack() {
		browser.script("""
				const data = new DataTransfer();
				data.setData('text/plain', 'word '.repeat(4000));
				document.getElementById('message').dispatchEvent(
					new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));""");
		untilAttached("Pasted text.txt");
		browser.button("Insert as text").click();
		browser.until("document.getElementById('message').value.length === 20000");
		browser.until("document.querySelectorAll('.files li').length === 0");
	}

	@Test
	void aLongTextThatCannotBecomeAFileIsInsertedAsText() {
		browser.block("*/composer/uploads.js*");
		browser.script("""
				const data = new DataTransfer();
				data.setData('text/plain', 'word '.repeat(4000));
				document.getElementById('message').dispatchEvent(
					new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));""");
		browser.until("document.getElementById('message').value.length === 20000");
		assertThat(PageSteps.count(browser, ".files li")).isZero();
		browser.block();
		browser.console();
	}

	@Test
	void nothingOfFilesIsLoadedBeforeTheFirst() throws IOException {
		String loaded = "performance.getEntriesByType('resource').some(({ name }) => name.includes('/composer/uploads.js'))";
		assertThat(browser.<Boolean>script("return " + loaded)).isFalse();
		choose("notes.txt", SampleFiles.ascii("A runnel is small."));
		untilAttached("notes.txt");
		assertThat(browser.<Boolean>script("return " + loaded)).isTrue();
	}

	@Test
	void filesAreDroppedAnywhere() {
		browser.script("""
				const data = new DataTransfer();
				data.items.add(new File(['one'], 'one.txt'));
				data.items.add(new File(['two'], 'two.txt'));
				document.getElementById('conversation').dispatchEvent(
					new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));""");
		untilAttached("one.txt");
		untilAttached("two.txt");
	}

	@Test
	void aMessageHasAtMostTenFiles() {
		browser.script("""
				const data = new DataTransfer();
				for (let i = 0; i < 12; i++) {
					data.items.add(new File(['text ' + i], i + '.txt'));
				}
				dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));""");
		browser.until("document.querySelectorAll('.files [data-state=done]').length === 10");
		assertThat(PageSteps.count(browser, ".files li")).isEqualTo(10);
	}

}
