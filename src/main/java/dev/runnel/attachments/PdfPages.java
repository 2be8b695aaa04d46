package dev.runnel.attachments;

import java.io.IOException;
import java.nio.file.Path;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.multipdf.PageExtractor;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * The program that copies some pages of a PDF into another one, in a process of its own
 * as {@link PdfText} is.
 */
final class PdfPages {

	private PdfPages() {
	}

	/**
	 * Copies pages.
	 * @param arguments the PDF, the file to write, and the numbers of the first and the
	 * last page
	 */
	public static void main(String[] arguments) {
		System.exit(run(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]),
				Integer.parseInt(arguments[3])));
	}

	static int run(Path pdf, Path part, int first, int last) {
		try (PDDocument document = Loader.loadPDF(pdf.toFile());
				PDDocument pages = new PageExtractor(document, first, last).extract()) {
			pages.save(part.toFile());
			return PdfText.READ;
		}
		catch (IOException | RuntimeException ex) {
			return PdfText.DAMAGED;
		}
	}

}
