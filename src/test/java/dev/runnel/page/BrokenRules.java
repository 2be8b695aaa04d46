package dev.runnel.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.springframework.core.io.ClassPathResource;

/**
 * The rules of axe-core that a page breaks. The library's own client for Java also opens
 * a window for each question, and reads all that breaks no rule.
 */
final class BrokenRules {

	private static final String AXE = axe();

	private static final String IN = """
			const done = arguments[0];
			axe.run(document, { resultTypes: ['violations'] })
				.then(({ violations }) => done(violations.map(({ id, nodes }) =>
						`${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`)))
				.catch((failure) => done([String(failure)]));""";

	private BrokenRules() {
	}

	/** Returns each rule that the page breaks, with the elements that break it. */
	@SuppressWarnings("unchecked")
	static List<String> in(Browser browser) {
		if (!browser.<Boolean>script("return Boolean(window.axe)")) {
			browser.script(AXE);
		}
		return (List<String>) browser.driver().executeAsyncScript(IN);
	}

	private static String axe() {
		try {
			return new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
