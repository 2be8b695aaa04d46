package dev.runnel.attachments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.runnel.conversation.NewAttachment;
import dev.runnel.data.TemporaryFiles;
import dev.runnel.web.ProblemException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The content of a file decides what it is, and each file is refused that could cost too
 * much.
 */
@Timeout(300)
@Tag("one-jdk")
class FileCheckTests {

	private static final AttachmentSettings SETTINGS = new AttachmentSettings(DataSize.ofMegabytes(20),
			Duration.ofMinutes(5), 64_000_000, 100, Duration.ofMinutes(2), DataSize.ofMegabytes(64));

	@TempDir
	private Path folder;

	private NewAttachment check(byte[] bytes) throws IOException {
		return check(bytes, SETTINGS);
	}

	private NewAttachment check(byte[] bytes, AttachmentSettings settings) throws IOException {
		Path uploaded = Files.write(Files.createTempFile(this.folder, "uploaded", null), bytes);
		Path draft = Files.createTempFile(this.folder, "draft", null);
		return new FileCheck(settings, TemporaryFiles.in(this.folder, Duration.ofHours(1))).check(uploaded, draft,
				"name");
	}

	private NewAttachment check(String text) throws IOException {
		return check(text.getBytes(StandardCharsets.UTF_8));
	}

	private void refused(byte[] bytes, AttachmentSettings settings, String code) {
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> check(bytes, settings))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

	private void refused(byte[] bytes, String code) {
		refused(bytes, SETTINGS, code);
	}

	@Test
	void aPictureIsKnownByItsContent() throws IOException {
		NewAttachment png = check(SampleFiles.picture("png", 1500, 1000));
		assertThat(png).returns("image/png", NewAttachment::type)
			.returns(1500, NewAttachment::width)
			.returns(1000, NewAttachment::height)
			.returns(1600, NewAttachment::tokens)
			.returns(null, NewAttachment::text);
		assertThat(Files.size(png.content())).isEqualTo(png.size());
		assertThat(png.hash()).hasSize(64);
		assertThat(check(SampleFiles.picture("jpeg", 10, 10)).type()).isEqualTo("image/jpeg");
		assertThat(check(SampleFiles.picture("gif", 10, 10)).type()).isEqualTo("image/gif");
		assertThat(check(SampleFiles.webp(10, 10, "x")).type()).isEqualTo("image/webp");
	}

	@Test
	void aPictureOfTwentyThousandPixelsSquareIsRefused() {
		refused(SampleFiles.pngOfSize(20_000, 20_000), "payload_too_large");
	}

	@Test
	void textIsTextWhateverItLooksLike() throws IOException {
		assertThat(check("\ufeffSo it is. ü 😀")).returns("text/plain", NewAttachment::type)
			.returns("So it is. ü 😀", NewAttachment::text);
		assertThat(check("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>").type())
			.isEqualTo("text/plain");
		assertThat(check("int main() {}\n").tokens()).isEqualTo(4);
	}

	@Test
	void whatIsNeitherIsRefused() throws IOException {
		refused(SampleFiles.zipBomb(50), "unsupported_media_type");
		refused("G\u00e4".getBytes(StandardCharsets.ISO_8859_1), "unsupported_media_type");
		refused(new byte[] { 'a', 0, 'b' }, "unsupported_media_type");
		refused(new byte[5_000_000], "unsupported_media_type");
		refused(new byte[0], "invalid_request");
		refused("a".repeat(NewAttachment.MAX_TEXT_CHARS + 1).getBytes(StandardCharsets.US_ASCII), "payload_too_large");
		refused("a".repeat(5_000_000).getBytes(StandardCharsets.US_ASCII), "payload_too_large");
	}

	@Test
	void aPdfHasPagesAndText() throws IOException {
		NewAttachment pdf = check(SampleFiles.pdf(3, "Page number"));
		assertThat(pdf).returns("application/pdf", NewAttachment::type).returns(3, NewAttachment::pages);
		assertThat(pdf.text()).contains("Page number 1").contains("Page number 3");
		assertThat(pdf.tokens()).isEqualTo(pdf.text().length() / 4 + 1);
	}

	@Test
	void aScanHasNoText() throws IOException {
		NewAttachment scan = check(SampleFiles.scan(2));
		assertThat(scan).returns(2, NewAttachment::pages)
			.returns(null, NewAttachment::text)
			.returns(3000, NewAttachment::tokens);
	}

	@Test
	void aPdfBeyondALimitIsRefused() throws IOException {
		refused(SampleFiles.scan(101), "payload_too_large");
		refused(SampleFiles.lockedPdf(), "invalid_request");
		refused("%PDF-1.7\nand nothing else".getBytes(StandardCharsets.US_ASCII), "invalid_request");
		AttachmentSettings hasty = new AttachmentSettings(DataSize.ofMegabytes(20), Duration.ofMinutes(5), 1000, 100,
				Duration.ofMillis(1), DataSize.ofMegabytes(64));
		refused(SampleFiles.pdf(1, "slow"), hasty, "invalid_request");
	}

	@Test
	void aPdfThatIsMoreWorkThanADocumentIsRefused() throws IOException {
		refused(PdfBombs.ofBlanks(200), "payload_too_large");
		refused(PdfBombs.packedTwice(200), "payload_too_large");
		refused(PdfBombs.ofOperators(5_000_000), "payload_too_large");
		refused(PdfBombs.ofNestedForms(12, 10), "payload_too_large");
		refused(PdfBombs.ofNestedForms(5, 10), "payload_too_large");
		refused(PdfBombs.ofLargeFont(200), "payload_too_large");
		refused(SampleFiles.scan(10_000), "payload_too_large");
		refused(PdfBombs.ofUnstatedPages(101), "payload_too_large");
	}

	@Test
	void noTemporaryFileStays() throws IOException {
		check(SampleFiles.pdf(1, "x"));
		refused(SampleFiles.lockedPdf(), "invalid_request");
		refused(PdfBombs.ofBlanks(200), "payload_too_large");
		assertThat(this.folder.resolve("tmp")).isEmptyDirectory();
	}

	@Test
	void aNameIsOneLineWithoutAPath() {
		assertThat(FileUploads.shown("C:\\Users\\ann\\cat.png")).isEqualTo("cat.png");
		assertThat(FileUploads.shown("../../etc/passwd")).isEqualTo("passwd");
		assertThat(FileUploads.shown("a\r\nb\u202egnp.exe")).isEqualTo("a b gnp.exe");
		assertThat(FileUploads.shown("x/")).isEqualTo("file");
		assertThat(FileUploads.shown("a".repeat(500))).hasSize(NewAttachment.MAX_NAME_CHARS);
	}

}
