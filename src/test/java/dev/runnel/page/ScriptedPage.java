package dev.runnel.page;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests of the page in a real browser, with a {@link ScriptedChat} as its server. Each
 * test starts with an empty new chat. The tag lets them run on one JDK only, because the
 * browser's result does not depend on the JDK.
 */
@Tag("one-jdk")
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
