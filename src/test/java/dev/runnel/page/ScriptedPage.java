package dev.runnel.page;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests of the page in a real browser, with a {@link ScriptedChat} as its server. Each
 * begins with an empty new chat. What a browser makes of such a page is the same on any
 * JDK, hence the tag.
 */
@Tag("scripted-page")
abstract class ScriptedPage {

	@RegisterExtension
	static final ChatSite site = new ChatSite();

	@RegisterExtension
	static final Browser browser = new Browser();

	@BeforeEach
	void openEmptyPage() {
		PageSteps.openEmpty(browser, site);
	}

}
