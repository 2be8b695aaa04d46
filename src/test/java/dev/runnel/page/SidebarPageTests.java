package dev.runnel.page;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.interactions.Actions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The list of conversations beside the page.
 */
class SidebarPageTests extends ScriptedPage {

	@TempDir
	private Path folder;

	@Test
	void listsThePinnedFirstThenByDay() {
		keep("Now", Duration.ZERO);
		keep("Lately", Duration.ofDays(3));
		keep("Long ago", Duration.ofDays(100));
		open("/ai-demo");
		menu("Lately", "pin");
		browser.until("document.querySelector('#entries .group-name').textContent === 'Pinned'");
		assertThat(texts("#entries .entry-title")).containsExactly("Lately", "Now", "Long ago");
		assertThat(texts("#entries .group-name")).hasSize(3).startsWith("Pinned", "Today");
		browser.driver().navigate().refresh();
		assertThat(texts("#entries .entry-title")).containsExactly("Lately", "Now", "Long ago");
	}

	@Test
	void theOpenChatIsInViewAndTheListKeepsItsPlace() {
		for (int number = 0; number < 60; number++) {
			keep("Chat " + number, Duration.ofMinutes(number));
		}
		open("/ai-demo");
		browser.script("document.querySelectorAll('.entry-link')[25].focus()");
		browser.script("document.getElementById('entries').scrollTop = 1e6");
		Number top = browser.script("return document.getElementById('entries').scrollTop");
		browser.script("document.querySelectorAll('.entry-link')[28].click()");
		browser.until("document.querySelector('.entry-link[aria-current] .entry-title')?.textContent === 'Chat 28'");
		browser.until("document.getElementById('entries').scrollTop > 0");
		assertThat(top.doubleValue()).isPositive();
		assertThat(currentIsInView()).isTrue();
		String address = browser.driver().getCurrentUrl();
		browser.script("sessionStorage.removeItem('runnel.list')");
		browser.driver().switchTo().newWindow(WindowType.TAB);
		browser.size(1280, 900);
		browser.driver().get(address);
		browser.until("document.querySelector('[data-phase]') && document.getElementById('entries').scrollTop > 0");
		assertThat(currentIsInView()).isTrue();
	}

	@Test
	void theOpenChatIsAFilledRow() {
		keep("Another", Duration.ZERO);
		open("/ai-demo/c/" + keep("Open", Duration.ofMinutes(1)));
		assertThat(fillOf(".entry:not(:has([aria-current]))")).isEqualTo("rgba(0, 0, 0, 0)");
		assertThat(fillOf(".entry:has([aria-current])")).isNotIn("rgba(0, 0, 0, 0)", fillOf(".shelf"));
	}

	private static String fillOf(String selector) {
		return browser.script("return getComputedStyle(document.querySelector(arguments[0])).backgroundColor",
				selector);
	}

	private static boolean currentIsInView() {
		return browser.script("""
				const box = (selector) => document.querySelector(selector).getBoundingClientRect();
				const [list, entry] = [box('#entries'), box('.entry-link[aria-current]')];
				return entry.top >= list.top - 1 && entry.bottom <= list.bottom + 1""");
	}

	@Test
	void hidesAndRemembersThat() {
		keep("Somewhere", Duration.ZERO);
		open("/ai-demo");
		browser.find("#hide-sidebar").click();
		browser.until("document.activeElement.id === 'open-sidebar'");
		assertThat(browser.find(".entry-link").isDisplayed()).isFalse();
		assertThat(browser.find(".top-new").isDisplayed()).isTrue();
		browser.driver().navigate().refresh();
		browser.until("document.activeElement?.id === 'message'");
		assertThat(browser.find(".entry-link").isDisplayed()).isFalse();
		browser.type(Keys.chord(Keys.CONTROL, Keys.SHIFT, "s"));
		browser.until("document.querySelector('.entry-link').checkVisibility()");
		assertThat(browser.<String>script("return document.activeElement.id")).isEqualTo("message");
		browser.type(Keys.chord(Keys.CONTROL, Keys.SHIFT, "s"), Keys.chord(Keys.CONTROL, "k"));
		browser.until("document.activeElement.id === 'search' && document.activeElement.checkVisibility()");
		browser.type(Keys.chord(Keys.CONTROL, Keys.SHIFT, "s"));
		browser.find("#message").sendKeys(Keys.F6);
		browser.until("document.activeElement.className === 'entry-link'");
	}

	@Test
	void theTitleAboveTheChatHasItsMenu() {
		ConversationId id = keep("Old name", Duration.ZERO);
		open("/ai-demo");
		assertThat(browser.find("#title-menu").isDisplayed()).isFalse();
		open("/ai-demo/c/" + id);
		browser.find("#title-menu").click();
		browser.until("document.activeElement.dataset.do === 'rename'");
		assertNoViolations();
		browser.type(Keys.ENTER);
		browser.until("document.activeElement.matches('header .rename')");
		browser.type("New name", Keys.ENTER);
		browser.until("document.getElementById('title').textContent === 'New name'");
		browser.until("document.querySelector('.entry-title').textContent === 'New name'");
		assertThat(browser.<String>script("return document.activeElement.id")).isEqualTo("title-menu");
		browser.find("#message").sendKeys("And now?", Keys.ENTER);
		site.chat().asked().complete();
		browser.untilIdle();
		assertThat(browser.find("#title").getText()).isEqualTo("New name");
		browser.find("#title-menu").click();
		browser.until("document.querySelector('#entry-menu').matches(':popover-open')");
		browser.find("#entry-menu [data-do=pin]").click();
		browser.until("document.querySelector('.entry[data-pinned=true]')");
	}

	@Test
	void aDoubleClickOnTheTitleRenames() {
		open("/ai-demo/c/" + keep("Old name", Duration.ZERO));
		for (String name : List.of("Newer name", "Newest name")) {
			new Actions(browser.driver()).doubleClick(browser.find("#title-menu")).perform();
			browser.until("document.activeElement.matches('header .rename')");
			browser.untilPainted();
			assertThat(PageSteps.count(browser, ".menu:popover-open")).isZero();
			browser.type(name, Keys.ENTER);
			browser.until("document.getElementById('title').textContent === arguments[0]", name);
		}
		assertThat(browser.console()).isEmpty();
	}

	@Test
	void aPhoneHasAllOfItInTheHeader() {
		browser.phone();
		open("/ai-demo/c/" + keep("A title that is longer than the header of a phone", Duration.ZERO));
		assertThat(List.of("#open-sidebar", "#title-menu", ".top-new"))
			.allSatisfy((part) -> assertThat(browser.find(part).isDisplayed()).isTrue());
		assertThat(browser.<List<String>>script(
				"""
						return [...document.querySelectorAll('.top :is(button, a), #box button')].filter((one) => one.checkVisibility())
							.filter((one) => one.offsetHeight < 44 || one.offsetWidth < 44).map((one) => one.outerHTML)"""))
			.isEmpty();
		browser.find(".top-new").click();
		browser.until("location.pathname === '/ai-demo' && document.querySelector('.welcome')?.checkVisibility()");
	}

	@Test
	void titlesHaveTheWholeWidthUntilAPointerIsThere() {
		keep("A title that is longer than the list of chats is wide", Duration.ZERO);
		open("/ai-demo");
		new Actions(browser.driver()).moveToLocation(900, 450).perform();
		String room = """
				const width = (selector) => document.querySelector(selector).getBoundingClientRect().width;
				return width('.entry') - width('.entry-link')""";
		assertThat(browser.<Number>script(room).doubleValue()).isLessThan(1);
		assertThat(browser.find(".entry-link").getDomAttribute("title"))
			.isEqualTo("A title that is longer than the list of chats is wide");
		new Actions(browser.driver()).moveToElement(browser.find(".entry-link")).perform();
		browser.untilPainted();
		assertThat(browser.<Number>script(room).doubleValue()).isGreaterThan(20);
	}

	@Test
	void aNewConversationIsListedAndNamedWithoutAReload() {
		browser.send("How deep is a runnel?");
		ScriptedStream answer = site.chat().asked();
		browser.until("document.querySelector('.entry-link[aria-current=page] .entry-title')?.textContent === "
				+ "'How deep is a runnel?'");
		site.chat().conversations.suggestTitle(null, id(answer.conversationId), "Depth of runnels")
			.block(Duration.ofSeconds(10));
		answer.write(0, "<p>Not deep.</p>\n");
		answer.complete();
		browser.until("document.querySelector('[aria-current=page] .entry-title').textContent === 'Depth of runnels'");
		browser.until("document.title === 'Depth of runnels · Runnel'");
	}

	@Test
	void searchFindsTitlesAndTextAndMarksThem() {
		keep("Rivers", Duration.ZERO);
		Message question = ScriptedConversations.question(null, "Where does the Danube begin?");
		ConversationId found = site.chat().conversations.keep("Springs", Instant.now(), question);
		open("/ai-demo");
		browser.type(Keys.chord(Keys.CONTROL, "k"));
		browser.type("danube");
		browser.until("document.querySelector('#entries mark')?.textContent === 'Danube'");
		assertThat(texts("#entries .entry-title")).containsExactly("Springs");
		assertThat(browser.find("#sidebar-note").getText()).isEqualTo("1 chat found");
		assertThat(browser.find(".status").getDomProperty("textContent")).isEmpty();
		assertThat(browser.find(".entry-time").getText()).contains(String.valueOf(LocalDate.now().getYear()));
		assertThat(browser.find(".entry-link").getDomAttribute("href"))
			.isEqualTo("/ai-demo/c/" + found + "?query=danube#m-" + question.id());
		browser.find("#search").sendKeys("xyz");
		browser.until("!document.getElementById('no-entries').hidden");
		assertThat(browser.find("#no-entries").getText()).isEqualTo("No results for “danubexyz”.");
		browser.script(
				"const box = document.getElementById('search'); box.value = ''; box.dispatchEvent(new Event('input'))");
		browser.until("document.querySelectorAll('#entries .entry').length === 2");
	}

	@Test
	void enterOpensTheFirstHit() {
		keep("Rivers", Duration.ZERO);
		Message question = ScriptedConversations.question(null, "Where does the Danube begin?");
		ConversationId found = site.chat().conversations.keep("Springs", Instant.now(), question);
		open("/ai-demo");
		browser.find("#search").sendKeys("danube", Keys.ENTER);
		browser.until("location.pathname === '/ai-demo/c/" + found + "' && document.querySelector('.turn.sought')");
		browser.until("[...(CSS.highlights.get('sought') ?? [])].join() === 'Danube'");
		open("/ai-demo");
		browser.find("#search").sendKeys("nowhere", Keys.ENTER);
		browser.until("!document.getElementById('no-entries').hidden");
		assertThat(browser.<String>script("return location.pathname")).isEqualTo("/ai-demo");
	}

	@Test
	void saysThatThereAreMoreHitsThanItShows() {
		for (int number = 0; number < 31; number++) {
			keep("River " + number, Duration.ofMinutes(number));
		}
		open("/ai-demo");
		browser.find("#search").sendKeys("river");
		browser.until("document.getElementById('sidebar-note').textContent === 'More than 30 chats found'");
		assertThat(PageSteps.count(browser, "#entries .entry")).isEqualTo(30);
	}

	@Test
	void searchResultsStayBesideTheOpenedConversation() {
		keep("Rivers", Duration.ZERO);
		site.chat().conversations.keep("Springs", Instant.now(),
				ScriptedConversations.question(null, "Where is the Danube?"));
		site.chat().conversations.keep("Mouths", Instant.now(),
				ScriptedConversations.question(null, "Where does the Danube go?"));
		open("/ai-demo");
		browser.find("#search").sendKeys("danube");
		browser.until("document.querySelectorAll('#entries mark').length === 2");
		List<String> found = texts("#entries .entry-title");
		String first = browser.script("return document.querySelector('.entry-link').hash");
		browser.find("#search").sendKeys(Keys.ARROW_DOWN);
		browser.type(Keys.ENTER);
		browser.until("location.hash === arguments[0] && document.querySelector('.turn.sought')", first);
		assertThat(browser.find("#search").getDomProperty("value")).isEqualTo("danube");
		assertThat(texts("#entries .entry-title")).isEqualTo(found);
		menu(found.get(1), "pin");
		browser.until("document.querySelector('.entry[data-pinned=true]')");
		assertThat(PageSteps.count(browser, "#entries .entry mark")).isEqualTo(2);
		browser.script("document.querySelectorAll('.entry-link')[1].click()");
		browser.until("location.hash !== arguments[0] && document.querySelector('.turn.sought')", first);
		browser.script(
				"const box = document.getElementById('search'); box.value = ''; box.dispatchEvent(new Event('input'))");
		browser.until("document.querySelectorAll('#entries .entry').length === 3");
	}

	@Test
	void arrowsMoveInTheMenu() {
		keep("Rivers", Duration.ZERO);
		open("/ai-demo");
		browser.find(".entry-more").sendKeys(Keys.ENTER);
		browser.until("document.activeElement.dataset.do === 'rename'");
		browser.type(Keys.ARROW_DOWN);
		browser.until("document.activeElement.dataset.do === 'pin'");
		browser.type(Keys.END);
		browser.until("document.activeElement.dataset.do === 'delete'");
		browser.type(Keys.ARROW_UP, Keys.ARROW_UP, Keys.ARROW_UP);
		browser.until("document.activeElement.dataset.format === 'html'");
	}

	@Test
	void keysOnAnEntryDoWhatItsMenuDoes() {
		keep("Now", Duration.ZERO);
		keep("Lately", Duration.ofDays(3));
		open("/ai-demo");
		String focused = "document.activeElement.querySelector('.entry-title')?.textContent";
		browser.script("document.querySelectorAll('.entry-link')[1].focus()");
		browser.type("p");
		browser.until("document.querySelector('#entries .group-name').textContent === 'Pinned'");
		assertThat(texts("#entries .entry-title")).containsExactly("Lately", "Now");
		browser.until(focused + " === 'Lately'");
		browser.type("p");
		browser.until("document.querySelector('#entries .group-name').textContent === 'Today'");
		browser.until(focused + " === 'Lately'");
		browser.type(Keys.F2);
		browser.until("document.activeElement.className === 'rename'");
		browser.type("Perhaps", Keys.ENTER);
		browser.until(focused + " === 'Perhaps'");
		browser.script("localStorage.setItem('runnel.keys', 'false')");
		browser.type("p", Keys.DELETE);
		browser.until("document.activeElement.closest('.undo')");
		assertThat(browser.find(".undo").getText()).contains("Deleted: “Perhaps”");
		assertThat(PageSteps.count(browser, ".entry[data-pinned=true]")).isZero();
	}

	@Test
	void everyActionOfAMenuHasAnIcon() {
		keep("Rivers", Duration.ZERO);
		open("/ai-demo");
		assertThat(browser.<List<String>>script(
				"""
						return [...document.querySelectorAll('.menu [role=menuitem]')]
							.filter((item) => !document.querySelector(item.querySelector('svg use')?.getAttribute('href') ?? 'none'))
							.map((item) => item.outerHTML)"""))
			.isEmpty();
		menu("Rivers", "pin");
		browser.until("document.querySelector('.entry[data-pinned=true]')");
		browser.find(".entry-more").sendKeys(Keys.ENTER);
		browser.until("document.querySelector('#entry-menu [data-do=pin]').innerText.trim() === 'Unpin'");
		assertThat(browser.find("#entry-menu [data-do=pin] svg").isDisplayed()).isTrue();
	}

	@Test
	void renamesInPlace() {
		ConversationId id = keep("Old name", Duration.ZERO);
		open("/ai-demo");
		menu("Old name", "rename");
		browser.type("New name", Keys.ESCAPE);
		browser.until("document.querySelector('.entry-title').checkVisibility()");
		assertThat(texts(".entry-title")).containsExactly("Old name");
		menu("Old name", "rename");
		browser.type("New name", Keys.ENTER);
		browser.until("document.querySelector('.entry-title').textContent === 'New name'");
		PageSteps
			.eventually(() -> assertThat(site.chat().conversations.head(null, id).block(Duration.ofSeconds(10)).title())
				.isEqualTo("New name"));
	}

	@Test
	void anAnswerThatEndsDisturbsNobodyWhoSearchesOrRenames() {
		keep("Old name", Duration.ZERO);
		open("/ai-demo");
		browser.send("How deep is a runnel?");
		ScriptedStream answer = site.chat().asked();
		menu("Old name", "rename");
		browser.type("New na");
		Number before = browser.script("return performance.now()");
		answer.write(0, "<p>Not deep.</p>\n");
		answer.complete();
		browser.untilStatus("Done");
		browser.until("performance.getEntriesByType('resource').filter((entry) => entry.startTime > arguments[0]"
				+ " && entry.name.includes('/api/conversations?')).length > 1", before);
		browser.untilPainted();
		browser.type("me", Keys.ENTER);
		browser
			.until("[...document.querySelectorAll('.entry-title')].some((title) => title.textContent === 'New name')");
		browser.find("#message").sendKeys("How wide?", Keys.ENTER);
		ScriptedStream next = site.chat().asked();
		browser.find("#search").sendKeys("ru");
		next.complete();
		browser.untilStatus("Done");
		browser.untilPainted();
		browser.type("n");
		assertThat(browser.find("#search").getDomProperty("value")).isEqualTo("run");
	}

	@Test
	void deletingCanBeTakenBack() {
		keep("Precious", Duration.ZERO);
		open("/ai-demo");
		menu("Precious", "delete");
		browser.until("document.activeElement.closest('.undo')");
		assertThat(browser.find(".undo").getText()).contains("Deleted: “Precious”");
		browser.button("Undo").click();
		browser.until("document.activeElement.className === 'entry-link'");
		assertThat(site.chat().conversations.deleted).isEmpty();
	}

	@Test
	void deletingTheOpenChatLeadsToANewOneAndKeepsWhatWasBeingWritten() {
		ConversationId id = keep("Rubbish", Duration.ZERO);
		open("/ai-demo/c/" + id);
		browser.find("#message").sendKeys("Half a thought");
		menu("Rubbish", "delete");
		browser.until("location.pathname === '/ai-demo' && document.querySelector('.desk .undo')?.checkVisibility()");
		assertThat(browser.find(".desk .undo").getText()).contains("Deleted: “Rubbish”");
		assertThat(browser.find(".status").getText()).isEmpty();
		assertThat(browser.find(".entry-link").isDisplayed()).isFalse();
		assertThat(site.chat().conversations.deleted).isEmpty();
		browser.until("document.getElementById('message').value === 'Half a thought'");
		PageSteps.eventually(() -> assertThat(site.chat().conversations.deleted).containsExactly(id));
		browser.until("!document.querySelector('.undo') && !document.querySelector('#entries .entry')");
	}

	@Test
	void theDeletionOfTheOpenChatCanBeTakenBack() {
		ConversationId id = keep("Precious", Duration.ZERO);
		open("/ai-demo/c/" + id);
		browser.find("#message").sendKeys("Half a thought");
		browser.find("#title-menu").click();
		browser.until("document.querySelector('#entry-menu').matches(':popover-open')");
		browser.find("#entry-menu [data-do=delete]").click();
		browser.until("location.pathname === '/ai-demo' && document.querySelector('.desk .undo')?.checkVisibility()");
		browser.button("Undo").click();
		browser.until("location.pathname === '/ai-demo/c/" + id + "' && document.querySelector('[data-phase]')");
		browser.until("document.getElementById('message').value === 'Half a thought'");
		browser.driver().get("about:blank");
		assertThat(site.chat().conversations.deleted).isEmpty();
	}

	@Test
	void pendingDeletionSurvivesASearch() {
		keep("Precious", Duration.ZERO);
		keep("Other", Duration.ofMinutes(1));
		open("/ai-demo");
		menu("Precious", "delete");
		browser.until("document.activeElement.closest('.undo')");
		browser.find("#search").sendKeys("other");
		browser.until("document.querySelectorAll('#entries .entry').length === 1");
		browser.find("#search").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
		browser.until("document.querySelectorAll('#entries .entry').length === 2 && document.querySelector('.undo')");
		browser.button("Undo").click();
		browser.until("!document.querySelector('.undo')");
		assertThat(site.chat().conversations.deleted).isEmpty();
	}

	@Test
	void searchResultsFollowRenamesAndDeletions() {
		keep("Old name", Duration.ZERO);
		open("/ai-demo");
		browser.find("#search").sendKeys("old");
		browser.until("document.querySelector('#entries mark')");
		menu("Old name", "rename");
		browser.type("New name", Keys.ENTER);
		browser.until("document.querySelector('.entry-title').textContent === 'New name'");
		menu("New name", "delete");
		browser.until("document.activeElement.closest('.undo')");
		browser.script("document.activeElement.blur()");
		browser.until("document.querySelectorAll('#entries .entry').length === 0");
	}

	@Test
	void theMenuOfAnEntryThatHasGoneDoesNothing() {
		ConversationId id = keep("Elsewhere", Duration.ZERO);
		open("/ai-demo");
		browser.find(".entry-more").sendKeys(Keys.ENTER);
		browser.until("document.querySelector('#entry-menu').matches(':popover-open')");
		site.chat().conversations.delete(null, id).block(Duration.ofSeconds(10));
		browser.script("new BroadcastChannel('runnel').postMessage({})");
		browser.until("!document.querySelector('#entries .entry')");
		for (String action : List.of("rename", "pin", "delete")) {
			browser.script("document.querySelector('#entry-menu [data-do=" + action + "]').click()");
		}
		keep("Here", Duration.ZERO);
		browser.script("new BroadcastChannel('runnel').postMessage({})");
		browser.until("document.querySelector('#entries .entry-title')?.textContent === 'Here'");
		assertThat(browser.console()).isEmpty();
	}

	@Test
	void leavingThePageCompletesTheDeletion() {
		ConversationId id = keep("Rubbish", Duration.ZERO);
		open("/ai-demo");
		menu("Rubbish", "delete");
		browser.until("document.activeElement.closest('.undo')");
		browser.driver().get("about:blank");
		PageSteps.eventually(() -> assertThat(site.chat().conversations.deleted).containsExactly(id));
	}

	@Test
	void showsOlderOnesOnDemand() {
		for (int number = 0; number < 70; number++) {
			keep("Chat " + number, Duration.ofMinutes(number));
		}
		open("/ai-demo");
		browser.until("document.querySelectorAll('#entries .entry').length >= 30");
		browser.until("(document.getElementById('older').hidden || document.getElementById('older').click(), "
				+ "document.querySelectorAll('#entries .entry').length === 70)");
		assertThat(texts("#entries .entry-title")).doesNotHaveDuplicates();
	}

	@Test
	void theComposerIsNearHoweverLongTheListIs() {
		for (int number = 0; number < 100; number++) {
			keep("Chat " + number, Duration.ofMinutes(number));
		}
		open("/ai-demo");
		browser.script("document.querySelector('.entry-link').focus()");
		browser.type(Keys.F6);
		assertThat(browser.<String>script("return document.activeElement.id")).isEqualTo("message");
		browser.type(Keys.F6);
		assertThat(browser.<String>script("return document.activeElement.className")).isEqualTo("entry-link");
		browser.type(Keys.ARROW_DOWN);
		assertThat(browser.<String>script("return document.activeElement.querySelector('.entry-title').textContent"))
			.isEqualTo("Chat 1");
		assertThat(browser.<Long>script("return document.querySelectorAll('#entries [tabindex=\"0\"]').length"))
			.isEqualTo(2L);
	}

	@Test
	void isADialogWhereThereIsNoRoom() {
		keep("Somewhere", Duration.ZERO);
		browser.size(360, 640);
		open("/ai-demo");
		assertThat(browser.find(".entry-link").isDisplayed()).isFalse();
		browser.find("#open-sidebar").click();
		assertThat(browser.find("#drawer .entry-link").isDisplayed()).isTrue();
		for (int tab = 0; tab < 12; tab++) {
			browser.type(Keys.TAB);
			assertThat(browser.<Boolean>script("return document.activeElement === document.body "
					+ "|| document.activeElement.closest('#drawer') !== null"))
				.isTrue();
		}
		browser.find("#search").sendKeys(Keys.ESCAPE);
		browser.until("!document.getElementById('drawer').open");
		assertThat(browser.<String>script("return document.activeElement.id")).isEqualTo("open-sidebar");
	}

	@Test
	void exportsFromTheMenu() {
		ConversationId id = keep("Taken along", Duration.ZERO);
		open("/ai-demo");
		browser.find(".entry-more").sendKeys(Keys.ENTER);
		browser.until("document.querySelector('#entry-menu').matches(':popover-open')");
		assertThat(browser.<List<String>>script(
				"return [...document.querySelectorAll('#entry-menu a')].map((link) => link.getAttribute('href'))"))
			.containsExactlyInAnyOrder("/api/conversations/" + id + "/export?format=markdown",
					"/api/conversations/" + id + "/export?format=html",
					"/api/conversations/" + id + "/export?format=text",
					"/api/conversations/" + id + "/export?format=json");
		browser.type(Keys.ESCAPE);
		browser.until("document.activeElement.classList.contains('entry-more')");
		browser.type(Keys.ENTER);
		browser.until("document.querySelector('#entry-menu').matches(':popover-open')");
		browser.find("#entry-menu [data-format=markdown]").click();
		browser.untilStatus("Saving the file…");
	}

	@Test
	void saysWhyAFileCouldNotBeTaken() throws Exception {
		Path file = Files.writeString(this.folder.resolve("broken.json"), "{");
		open("/ai-demo");
		browser.script("document.getElementById('import-file').hidden = false");
		browser.find("#import-file").sendKeys(file.toString());
		browser.until("document.getElementById('sidebar-note').textContent.length > 10 "
				+ "&& !document.getElementById('sidebar-note').textContent.includes('Importing')");
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void breaksNoRuleWithTheListItsMenuAndItsDrawer(String scheme) {
		browser.media("prefers-color-scheme", scheme);
		keep("One", Duration.ZERO);
		ConversationId open = keep("Another", Duration.ofDays(40));
		open("/ai-demo/c/" + open);
		assertNoViolations();
		browser.find("#search").sendKeys("one");
		browser.until("document.querySelector('#entries mark')");
		assertNoViolations();
		browser.find(".entry-more").sendKeys(Keys.ENTER);
		browser.until("document.querySelector('#entry-menu').matches(':popover-open')");
		assertNoViolations();
		browser.size(360, 640);
		browser.until("document.getElementById('open-sidebar').checkVisibility()");
		browser.script("document.getElementById('entry-menu').hidePopover()");
		browser.find("#open-sidebar").click();
		assertNoViolations();
	}

	private static ConversationId keep(String title, Duration ago) {
		return site.chat().conversations.keep(title, Instant.now().minus(ago));
	}

	private static ConversationId id(String id) {
		return new ConversationId(UUID.fromString(id));
	}

	private static void open(String path) {
		browser.driver().get(site.url(path));
		browser.until("document.getElementById('message') && document.querySelector('[data-phase]')");
	}

	private static void menu(String title, String action) {
		browser.script("""
				[...document.querySelectorAll('.entry')]
					.find((entry) => entry.querySelector('.entry-title').textContent === arguments[0])
					.querySelector('.entry-more').click()""", title);
		browser.until("document.querySelector('#entry-menu').matches(':popover-open')");
		browser.find("#entry-menu [data-do=" + action + "]").click();
		if (action.equals("rename")) {
			browser.until("document.activeElement.matches('.renaming input')");
		}
	}

	private static List<String> texts(String selector) {
		return browser.script("return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)",
				selector);
	}

	private static void assertNoViolations() {
		assertThat(BrokenRules.in(browser)).isEmpty();
	}

}
