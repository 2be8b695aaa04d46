package dev.runnel.page;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.TreeMap;

import tools.jackson.databind.json.JsonMapper;

/**
 * The texts of the page's scripts, as one JSON object for each language. They are part of
 * the page, so that no script needs another request.
 */
final class ScriptTexts {

	private static final String PREFIX = "script.";

	private static final Control NO_OTHER_LANGUAGE = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

	private final Map<Language, String> json = new EnumMap<>(Language.class);

	/** Reads the bundles of all languages. */
	ScriptTexts() {
		Arrays.stream(Language.values()).forEach((language) -> this.json.put(language, read(language)));
	}

	/**
	 * The texts in one language. A missing text is taken from English.
	 * @param language the language of the page
	 * @return JSON without {@code <}, so that it cannot end its {@code script} element
	 */
	String in(Language language) {
		return this.json.getOrDefault(language, "{}");
	}

	private static String read(Language language) {
		ResourceBundle bundle = ResourceBundle.getBundle("messages", language.locale(), NO_OTHER_LANGUAGE);
		Map<String, String> texts = new TreeMap<>();
		bundle.keySet()
			.stream()
			.filter((key) -> key.startsWith(PREFIX))
			.forEach((key) -> texts.put(key.substring(PREFIX.length()), bundle.getString(key)));
		return JsonMapper.shared().writeValueAsString(texts).replace("<", "\\u003c");
	}

}
