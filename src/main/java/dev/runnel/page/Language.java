package dev.runnel.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A language of the page. Each has a message bundle.
 */
enum Language {

	/** The default language. Its bundle is complete. */
	ENGLISH("en", "English", "ltr"),

	/** Written from left to right. */
	GERMAN("de", "Deutsch", "ltr"),

	/** Written from right to left. */
	ARABIC("ar", "العربية", "rtl");

	private final String tag;

	private final String ownName;

	private final String direction;

	Language(String tag, String ownName, String direction) {
		this.tag = tag;
		this.ownName = ownName;
		this.direction = direction;
	}

	/**
	 * Finds a language by its tag.
	 * @param tag an untrusted tag, or null
	 * @return the language; empty if the page does not have it
	 */
	static Optional<Language> of(@Nullable String tag) {
		return Arrays.stream(values()).filter((language) -> language.tag.equals(tag)).findFirst();
	}

	static List<Locale> locales() {
		return Arrays.stream(values()).map(Language::locale).toList();
	}

	Locale locale() {
		return Locale.forLanguageTag(this.tag);
	}

	/**
	 * The name of the language in the language itself.
	 * @return one word
	 */
	String ownName() {
		return this.ownName;
	}

	String tag() {
		return this.tag;
	}

	String direction() {
		return this.direction;
	}

}
