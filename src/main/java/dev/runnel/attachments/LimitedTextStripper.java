package dev.runnel.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import org.apache.pdfbox.contentstream.PDContentStream;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDTransparencyGroup;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * Reads the text of a PDF, and fails early if the PDF asks for more work than a document
 * does. A few bytes can unpack to gigabytes, and forms that show each other double the
 * work with every level.
 */
final class LimitedTextStripper extends PDFTextStripper {

	/** The maximum length of all drawing instructions together, unpacked. */
	private static final long MAX_CONTENT_BYTES = 64 * 1024 * 1024;

	private static final int MAX_OPERATORS = 4_000_000;

	/**
	 * A form costs much more than its operator. A drawing may have thousands of them, one
	 * for each mark.
	 */
	private static final int MAX_FORMS = 30_000;

	private final byte[] skipped = new byte[64 * 1024];

	private long contentBytes = MAX_CONTENT_BYTES;

	private int operators = MAX_OPERATORS;

	private int forms = MAX_FORMS;

	@Override
	public void processPage(PDPage page) throws IOException {
		take(page);
		super.processPage(page);
	}

	@Override
	public void showForm(PDFormXObject form) throws IOException {
		takeForm(form);
		super.showForm(form);
	}

	@Override
	public void showTransparencyGroup(PDTransparencyGroup group) throws IOException {
		takeForm(group);
		super.showTransparencyGroup(group);
	}

	@Override
	protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
		if (--this.operators < 0) {
			throw new ExceededException();
		}
		super.processOperator(operator, operands);
	}

	private void takeForm(PDFormXObject form) throws IOException {
		if (--this.forms < 0) {
			throw new ExceededException();
		}
		take(form);
	}

	/** Unpacks the instructions once more: that is cheap beside following them. */
	private void take(PDContentStream content) throws IOException {
		try (InputStream in = content.getContents()) {
			for (int read = read(in); read > 0; read = read(in)) {
				this.contentBytes -= read;
				if (this.contentBytes < 0) {
					throw new ExceededException();
				}
			}
		}
	}

	private int read(InputStream in) throws IOException {
		return (in != null) ? in.read(this.skipped) : -1;
	}

	/**
	 * A limit is exceeded. The exception is unchecked, because PDFBox logs a checked one
	 * in a form and goes on.
	 */
	static final class ExceededException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		ExceededException() {
			super("the PDF exceeds a limit");
		}

	}

}
