package dev.runnel.attachments;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

import dev.runnel.conversation.NewAttachment;
import dev.runnel.data.TemporaryFiles;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.WellFormed;
import dev.runnel.uploads.UploadedFile;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import dev.runnel.web.Sha256;

/**
 * Checks the content of files before they are stored. Their content decides what they
 * are, and nothing here decodes a picture.
 */
final class FileCheck {

	private final AttachmentSettings settings;

	private final PdfReader pdf;

	FileCheck(AttachmentSettings settings, TemporaryFiles files) {
		this.settings = settings;
		this.pdf = new PdfReader(settings, files);
	}

	/**
	 * Checks a file. The calling thread reads and writes files, and may wait for a
	 * process.
	 * @param uploaded the file as it came
	 * @param draft an empty file for a copy without metadata
	 * @param name the name for people
	 * @return the file to store, whose content is one of the two
	 * @throws ProblemException if the file is refused
	 * @throws IOException if a file cannot be read or written
	 */
	NewAttachment check(Path uploaded, Path draft, String name) throws IOException {
		checkSize(Files.size(uploaded));
		FileKind kind = FileKind.of(uploaded);
		PictureFormat format = kind.picture();
		if (format != null) {
			return picture(kind, format, uploaded, draft, name);
		}
		return (kind == FileKind.PDF) ? pdf(uploaded, name) : text(uploaded, name);
	}

	/**
	 * Checks a picture of a model, with the limits of every file.
	 * @param sent the picture as it came
	 * @param draft an empty file for a copy without metadata
	 * @param name the name without its ending
	 * @return the file to store, whose content is the draft
	 * @throws ProblemException if the picture is refused
	 * @throws IOException if a file cannot be read or written
	 */
	NewAttachment picture(Path sent, Path draft, String name) throws IOException {
		checkSize(Files.size(sent));
		FileKind kind = FileKind.of(sent);
		PictureFormat format = kind.picture();
		if (format == null) {
			throw ProblemException.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The file is no PNG, JPEG, WebP or GIF.");
		}
		return picture(kind, format, sent, draft, name + "." + kind.type().substring("image/".length()));
	}

	/**
	 * Copies pages of a PDF. The calling thread waits for a process.
	 * @param pdf the file
	 * @param part the file to write
	 * @param pages the pages
	 * @return the file that was written, which is not checked yet
	 * @throws ProblemException if it takes too much
	 * @throws IOException if a file cannot be read or written
	 */
	Path copy(Path pdf, Path part, PageRange pages) throws IOException {
		this.pdf.copy(pdf, part, pages);
		return part;
	}

	private void checkSize(long size) {
		if (size == 0) {
			throw ProblemException.of(Reason.FILE_EMPTY);
		}
		if (size > this.settings.maxSize().toBytes()) {
			throw UploadedFile.tooLarge(this.settings.maxSize());
		}
	}

	private NewAttachment picture(FileKind kind, PictureFormat format, Path uploaded, Path draft, String name)
			throws IOException {
		PictureSize size;
		try (InputStream in = new BufferedInputStream(Files.newInputStream(uploaded));
				OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft))) {
			size = format.copy(new PictureBytes(in, out, this.settings.maxPixels()));
		}
		return new NewAttachment(draft, hash(draft), name, kind.type(), Files.size(draft), null, size.width(),
				size.height(), null, size.tokens());
	}

	private NewAttachment pdf(Path uploaded, String name) throws IOException {
		PdfContent content = this.pdf.read(uploaded);
		String text = content.text();
		return new NewAttachment(uploaded, hash(uploaded), name, FileKind.PDF.type(), Files.size(uploaded),
				content.pages(), null, null, text, (text != null) ? tokens(text) : content.tokensOfPictures());
	}

	private static NewAttachment text(Path uploaded, String name) throws IOException {
		String text = WellFormed.storable(PlainText.read(uploaded));
		return new NewAttachment(uploaded, hash(uploaded), name, FileKind.TEXT.type(), Files.size(uploaded), null, null,
				null, text, tokens(text));
	}

	private static int tokens(String text) {
		return text.length() / Attachment.CHARS_PER_TOKEN + 1;
	}

	private static String hash(Path file) throws IOException {
		MessageDigest digest = Sha256.create();
		try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
			in.transferTo(OutputStream.nullOutputStream());
		}
		return HexFormat.of().formatHex(digest.digest());
	}

}
