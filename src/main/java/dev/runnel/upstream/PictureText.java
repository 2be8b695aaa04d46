package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;

/**
 * What the text of an answer has in place of a picture that is not stored. It is Markdown
 * of the answer, so it is stored, exported and sent on like the rest.
 */
public final class PictureText {

	private PictureText() {
	}

	/**
	 * Returns the note for a picture that was left out.
	 * @param reason a sentence
	 * @return a paragraph
	 */
	public static String leftOut(String reason) {
		return "\n\n*A picture was left out: " + reason + "*\n\n";
	}

	/**
	 * Returns the text for a picture that the model names by its address. The server
	 * never fetches it.
	 * @param url the address; null if there is none
	 * @return a paragraph with a link, or a note if the address is not one of the web
	 */
	public static String link(@Nullable String url) {
		Citation page = Citation.of(url, null);
		return (page != null) ? "\n\n[Picture](<" + page.url() + ">)\n\n"
				: leftOut("Its address is not one of the web.");
	}

}
