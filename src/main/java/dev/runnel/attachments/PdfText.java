package dev.runnel.attachments;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.FontMappers;

/**
 * The program that reads the text of one PDF, in a process of its own: a few bytes of a
 * PDF can ask for any amount of memory and time, and only a process can be limited and
 * ended. {@link PdfReader} starts it.
 */
final class PdfText {

	/** The exit code after the text was written. */
	static final int READ = 0;

	/** The exit code for a PDF that needs a password. */
	static final int LOCKED = 10;

	/** The exit code for a PDF with more pages than allowed. */
	static final int TOO_MANY_PAGES = 11;

	/** The exit code for a damaged PDF. */
	static final int DAMAGED = 12;

	/** The exit code for a PDF that asks for more work than a document does. */
	static final int TOO_MUCH = 13;

	private PdfText() {
	}

	/**
	 * Reads a PDF.
	 * @param arguments the PDF, the file to write, the maximum number of pages, and the
	 * maximum length of the text in UTF-16 units. The first line of the file is the
	 * number of pages, the rest is the text
	 */
	public static void main(String[] arguments) {
		FontMappers.set(SubstituteFont.load());
		System.exit(run(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]),
				Integer.parseInt(arguments[3])));
	}

	static int run(Path pdf, Path text, int maxPages, int maxChars) {
		try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
			int pages = pages(document, maxPages);
			if (pages > maxPages) {
				return TOO_MANY_PAGES;
			}
			try (Writer writer = Files.newBufferedWriter(text, StandardCharsets.UTF_8)) {
				writer.write(pages + "\n");
				write(document, writer, new LimitedTextStripper(), maxChars);
			}
			return READ;
		}
		catch (InvalidPasswordException ex) {
			return LOCKED;
		}
		catch (LimitedTextStripper.ExceededException ex) {
			return TOO_MUCH;
		}
		catch (IOException | RuntimeException ex) {
			return DAMAGED;
		}
	}

	/** A PDF may state fewer pages than it has. */
	private static int pages(PDDocument document, int max) {
		int stated = document.getNumberOfPages();
		if (stated > max) {
			return stated;
		}
		int pages = 0;
		Iterator<PDPage> each = document.getPages().iterator();
		while (pages <= max && each.hasNext()) {
			each.next();
			pages++;
		}
		return pages;
	}

	private static void write(PDDocument document, Writer writer, LimitedTextStripper stripper, int maxChars)
			throws IOException {
		try {
			stripper.writeText(document, new Bounded(writer, maxChars));
		}
		catch (FullException ex) {
			writer.write("\n[The rest of the text is left out.]\n");
		}
	}

	/** Writes a text up to a maximum length. */
	private static final class Bounded extends FilterWriter {

		private int left;

		Bounded(Writer out, int maxChars) {
			super(out);
			this.left = maxChars;
		}

		@Override
		public void write(int character) throws IOException {
			take(1);
			super.write(character);
		}

		@Override
		public void write(char[] characters, int offset, int length) throws IOException {
			take(length);
			super.write(characters, offset, length);
		}

		@Override
		public void write(String text, int offset, int length) throws IOException {
			take(length);
			super.write(text, offset, length);
		}

		private void take(int length) throws FullException {
			if (length > this.left) {
				throw new FullException();
			}
			this.left -= length;
		}

	}

	/** The text has reached its maximum length. */
	private static final class FullException extends IOException {

		private static final long serialVersionUID = 1L;

		FullException() {
			super("the text is too long");
		}

	}

}
