package dev.runnel.attachments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import dev.runnel.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Pictures are copied without what others need not know, and never decoded.
 */
class PictureFormatTests {

	private static final long MAX_PIXELS = 1_000_000;

	private static final String SECRET = "52.5200 N 13.4050 E";

	private record Copy(PictureSize size, byte[] bytes) {

		String text() {
			return new String(this.bytes, StandardCharsets.ISO_8859_1);
		}

	}

	private static PictureFormat format(String name) {
		return switch (name) {
			case "png" -> PngFormat::copy;
			case "jpeg" -> JpegFormat::copy;
			case "gif" -> GifFormat::copy;
			default -> WebpFormat::copy;
		};
	}

	private static Copy copy(String format, byte[] picture) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		PictureSize size = format(format).copy(new PictureBytes(new ByteArrayInputStream(picture), out, MAX_PIXELS));
		return new Copy(size, out.toByteArray());
	}

	private static byte[] sample(String format) {
		return format.equals("webp") ? SampleFiles.webp(30, 20, SECRET) : SampleFiles.picture(format, 30, 20);
	}

	@ParameterizedTest
	@ValueSource(strings = { "png", "jpeg", "gif" })
	void aCopyLooksTheSame(String format) throws IOException {
		byte[] picture = sample(format);
		Copy copy = copy(format, picture);
		assertThat(copy.size()).isEqualTo(new PictureSize(30, 20));
		assertThat(SampleFiles.pixels(copy.bytes())).isEqualTo(SampleFiles.pixels(picture));
	}

	@Test
	void textsOfAPngStayBehind() throws IOException {
		byte[] png = sample("png");
		int afterHeader = 33;
		byte[] chatty = SampleFiles.with(png, afterHeader, SampleFiles.pngChunk("tEXt", "Place\0" + SECRET),
				SampleFiles.pngChunk("eXIf", SECRET), SampleFiles.pngChunk("prVt", SECRET));
		Copy copy = copy("png", SampleFiles.with(chatty, chatty.length, SampleFiles.ascii(SECRET)));
		assertThat(copy.text()).doesNotContain(SECRET);
		assertThat(SampleFiles.pixels(copy.bytes())).isEqualTo(SampleFiles.pixels(png));
	}

	@ParameterizedTest
	@CsvSource({ "true,6", "false,8" })
	void ofTheExifDataOfAPhotoOnlyTheOrientationStays(boolean bigEndian, int orientation) throws IOException {
		byte[] jpeg = sample("jpeg");
		byte[] exif = SampleFiles.exif(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, orientation, SECRET);
		byte[] photo = SampleFiles.with(jpeg, 2, SampleFiles.jpegSegment(0xE1, exif),
				SampleFiles.jpegSegment(0xE2, SampleFiles.ascii("MPF\0" + SECRET)),
				SampleFiles.jpegSegment(0xED, SampleFiles.ascii("Photoshop 3.0\0" + SECRET)),
				SampleFiles.jpegSegment(0xFE, SampleFiles.ascii(SECRET)));
		Copy copy = copy("jpeg", SampleFiles.with(photo, photo.length, photo));
		assertThat(copy.text()).doesNotContain(SECRET);
		assertThat(SampleFiles.pixels(copy.bytes())).isEqualTo(SampleFiles.pixels(jpeg));
		byte[] kept = Exif.withOrientation(orientation);
		assertThat(copy.text()).contains(new String(kept, StandardCharsets.ISO_8859_1));
		assertThat(Exif.orientation(kept)).isEqualTo(orientation);
		assertThat(copy("jpeg", copy.bytes()).bytes()).isEqualTo(copy.bytes());
	}

	@Test
	void anUprightPhotoHasNoExifData() throws IOException {
		byte[] jpeg = sample("jpeg");
		byte[] exif = SampleFiles.exif(ByteOrder.BIG_ENDIAN, 1, SECRET);
		Copy copy = copy("jpeg", SampleFiles.with(jpeg, 2, SampleFiles.jpegSegment(0xE1, exif)));
		assertThat(copy.bytes()).isEqualTo(copy("jpeg", jpeg).bytes());
	}

	@Test
	void commentsOfAGifStayBehind() throws IOException {
		byte[] gif = sample("gif");
		byte[] comment = SampleFiles.ascii("!\u00FE" + (char) SECRET.length() + SECRET + "\0");
		Copy copy = copy("gif", SampleFiles.with(gif, gif.length - 1, comment));
		assertThat(copy.text()).doesNotContain(SECRET);
		assertThat(SampleFiles.pixels(copy.bytes())).isEqualTo(SampleFiles.pixels(gif));
	}

	@Test
	void exifDataOfAWebpStaysBehind() throws IOException {
		byte[] webp = sample("webp");
		Copy copy = copy("webp", webp);
		assertThat(copy.size()).isEqualTo(new PictureSize(30, 20));
		assertThat(copy.text()).doesNotContain(SECRET).doesNotContain("EXIF");
		assertThat(copy.bytes()).hasSameSizeAs(webp);
		int flags = 20;
		assertThat(copy.bytes()[flags]).isZero();
	}

	@Test
	void aPictureWithTooManyPixelsIsRefusedByItsHeader() {
		byte[] jpeg = sample("jpeg");
		for (byte[] bomb : List.of(SampleFiles.pngOfSize(20_000, 20_000), SampleFiles.webp(10_000, 10_000, ""))) {
			String format = (bomb[0] == 'R') ? "webp" : "png";
			assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> copy(format, bomb))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo("payload_too_large"));
		}
		int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00FF\u00C0");
		byte[] large = jpeg.clone();
		Arrays.fill(large, frame + 5, frame + 9, (byte) 0x7F);
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> copy("jpeg", large));
	}

	@ParameterizedTest
	@ValueSource(strings = { "png", "jpeg", "gif", "webp" })
	void aPictureThatIsCutOffIsRefused(String format) {
		byte[] picture = sample(format);
		int last = format.equals("webp") ? picture.length - 30 : picture.length - 1;
		for (int length = 0; length < last; length++) {
			byte[] cut = Arrays.copyOf(picture, length);
			assertThatExceptionOfType(ProblemException.class).as("%d bytes", length)
				.isThrownBy(() -> copy(format, cut));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "png", "jpeg", "gif", "webp" })
	void aDamagedPictureIsRefusedOrCopied(String format) throws IOException {
		Random random = new Random(5);
		byte[] picture = sample(format);
		int refused = 0;
		for (int i = 0; i < 3000; i++) {
			byte[] damaged = picture.clone();
			for (int hit = 0; hit < 3; hit++) {
				damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
			}
			try {
				copy(format, damaged);
			}
			catch (ProblemException ex) {
				refused++;
			}
		}
		assertThat(refused).isPositive();
	}

}
