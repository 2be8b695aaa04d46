package dev.runnel.attachments;

import dev.runnel.upstream.Attachment;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;

/**
 * Some pages of a PDF.
 *
 * @param first the number of the first page, from 1
 * @param last the number of the last page
 */
record PageRange(int first, int last) {

	/**
	 * Checks that a file has these pages.
	 * @param file the file
	 * @throws ProblemException if it has not
	 */
	void check(Attachment file) {
		if (this.first < 1 || this.last < this.first) {
			throw ProblemException.field("last", "must be at least first, which is at least 1")
				.because(Reason.PAGES_MISSING);
		}
		if (file.pages() == null || this.last > file.pages()) {
			throw ProblemException.field("last", "must be a page of the PDF").because(Reason.PAGES_MISSING);
		}
	}

	/**
	 * Names the pages of a file.
	 * @param name the name of the file
	 * @return the name with the pages before its ending
	 */
	String in(String name) {
		int dot = name.lastIndexOf('.');
		int end = (dot > 0) ? dot : name.length();
		String pages = (this.first == this.last) ? Integer.toString(this.first) : this.first + "–" + this.last;
		return name.substring(0, end) + " (" + pages + ")" + name.substring(end);
	}

}
