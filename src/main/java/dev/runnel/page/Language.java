package dev.runnel.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A language that the page speaks: there is a message bundle for it.
 */
enum Language {

	/** The one that is complete, and spoken to whoever wants none of the others. */
	ENGLISH("en", "English", "ltr"),

	/** Read from left to right like English. */
	GERMAN("de", "Deutsch", "ltr"),

	/** Read from right to left. */
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
	 * The language that a tag names.
	 * @param tag from outside, or null
	 * @return the language; empty if it is not spoken here
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
	 * The language's name in itself, for those who look for theirs.
	 * @return a word
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
