package dev.runnel.attachments;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.runnel.upstream.WellFormed;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a PDF.
 *
 * @param pages the number of pages
 * @param text the text; null if there is none, as in a scan
 */
record PdfContent(int pages, @Nullable String text) {

	/** The tokens of a page that is a picture. */
	private static final int TOKENS_PER_PAGE = 1500;

	/**
	 * Reads what {@link PdfText} has written.
	 * @param file the file
	 * @return the content
	 * @throws IOException if the file cannot be read
	 */
	static PdfContent read(Path file) throws IOException {
		try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
			int pages = Integer.parseInt(String.valueOf(reader.readLine()));
			StringBuilder text = new StringBuilder();
			char[] some = new char[8192];
			for (int count = reader.read(some); count > 0; count = reader.read(some)) {
				text.append(some, 0, count);
			}
			String whole = WellFormed.storable(text.toString()).strip();
			return new PdfContent(pages, whole.isEmpty() ? null : whole);
		}
	}

	/** An estimate of the tokens that a model reads, if it sees a scan. */
	int tokensOfPictures() {
		return this.pages * TOKENS_PER_PAGE;
	}

}
