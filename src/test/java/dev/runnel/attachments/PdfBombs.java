package dev.runnel.attachments;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;

/**
 * Small PDFs that ask for very much memory or work.
 */
public final class PdfBombs {

	private static final int MEGABYTE = 1024 * 1024;

	private static final int RUN = 128;

	/** A run of blanks, as the method of run lengths writes it. */
	private static final String RUN_OF_BLANKS = (char) (257 - RUN) + " ";

	private PdfBombs() {
	}

	/** A PDF whose only page unpacks to many megabytes. */
	public static byte[] ofBlanks(int megabytes) throws IOException {
		return ofContent(" ".repeat(MEGABYTE), megabytes);
	}

	/** A PDF with many drawing instructions. */
	static byte[] ofOperators(int operators) throws IOException {
		return ofContent("q Q ".repeat(500), operators / 1000);
	}

	private static byte[] ofContent(String content, int times) throws IOException {
		try (PDDocument document = new PDDocument()) {
			PDPage page = new PDPage();
			document.addPage(page);
			page.setContents(packed(document, content, times));
			return SampleFiles.saved(document);
		}
	}

	private static PDStream packed(PDDocument document, String content, int times) throws IOException {
		PDStream stream = new PDStream(document);
		write(stream, COSName.FLATE_DECODE, content, times);
		return stream;
	}

	private static void write(PDStream stream, COSBase filters, String content, int times) throws IOException {
		byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
		try (OutputStream out = stream.getCOSObject().createOutputStream(filters)) {
			for (int i = 0; i < times; i++) {
				out.write(bytes);
			}
		}
	}

	/** A PDF whose only page is compressed by two methods, one after the other. */
	static byte[] packedTwice(int megabytes) throws IOException {
		try (PDDocument document = new PDDocument()) {
			PDPage page = new PDPage();
			document.addPage(page);
			PDStream stream = packed(document, RUN_OF_BLANKS.repeat(MEGABYTE / RUN), megabytes);
			stream.getCOSObject()
				.setItem(COSName.FILTER, new COSArray(List.of(COSName.FLATE_DECODE, COSName.RUN_LENGTH_DECODE)));
			page.setContents(stream);
			return SampleFiles.saved(document);
		}
	}

	/** A PDF of forms, each of which shows the next one several times. */
	static byte[] ofNestedForms(int levels, int times) throws IOException {
		try (PDDocument document = new PDDocument()) {
			PDResources inner = new PDResources();
			for (int i = 0; i < levels; i++) {
				inner = resources(form(document, inner, times));
			}
			PDPage page = new PDPage();
			page.setResources(inner);
			page.setContents(packed(document, "/Form Do ", times));
			document.addPage(page);
			return SampleFiles.saved(document);
		}
	}

	private static PDFormXObject form(PDDocument document, PDResources resources, int times) throws IOException {
		PDFormXObject form = new PDFormXObject(document);
		form.setBBox(new PDRectangle(10, 10));
		form.setResources(resources);
		write(form.getStream(), COSName.FLATE_DECODE, "/Form Do ", times);
		return form;
	}

	private static PDResources resources(PDFormXObject form) {
		PDResources resources = new PDResources();
		resources.put(COSName.getPDFName("Form"), form);
		return resources;
	}

	/** A PDF whose font has a table of characters of many megabytes. */
	static byte[] ofLargeFont(int megabytes) throws IOException {
		try (PDDocument document = new PDDocument()) {
			PDPage page = new PDPage();
			document.addPage(page);
			PDType1Font font = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
			font.getCOSObject()
				.setItem(COSName.TO_UNICODE, packed(document, " ".repeat(MEGABYTE), megabytes).getCOSObject());
			try (PDPageContentStream content = new PDPageContentStream(document, page)) {
				content.beginText();
				content.setFont(font, 12);
				content.showText("x");
				content.endText();
			}
			return SampleFiles.saved(document);
		}
	}

	/** A PDF that states one page and has more. */
	static byte[] ofUnstatedPages(int pages) throws IOException {
		try (PDDocument document = new PDDocument()) {
			for (int i = 0; i < pages; i++) {
				document.addPage(new PDPage());
			}
			COSDictionary tree = document.getPages().getCOSObject();
			tree.setInt(COSName.COUNT, 1);
			return SampleFiles.saved(document);
		}
	}

}
