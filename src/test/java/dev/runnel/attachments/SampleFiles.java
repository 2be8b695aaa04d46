package dev.runnel.attachments;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.imageio.ImageIO;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/**
 * Files as people attach them.
 */
public final class SampleFiles {

	private SampleFiles() {
	}

	/** A picture in a format that Java writes: png, jpeg or gif. */
	public static byte[] picture(String format, int width, int height) {
		BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		for (int x = 0; x < width; x++) {
			for (int y = 0; y < height; y++) {
				image.setRGB(x, y, (x * 7 + y * 13) & 0xFF);
			}
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			ImageIO.write(image, format, bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/** Decodes a picture, and fails if it is damaged. */
	static BufferedImage decoded(byte[] picture) throws IOException {
		return ImageIO.read(new ByteArrayInputStream(picture));
	}

	/** The colours of a picture. */
	static int[] pixels(byte[] picture) throws IOException {
		BufferedImage image = decoded(picture);
		return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
	}

	/** A PNG picture whose header states another size than it has. */
	public static byte[] pngOfSize(int width, int height) {
		byte[] png = picture("png", 2, 2);
		ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
		return png;
	}

	/** A PNG picture with some bytes of noise, which nobody could decode. */
	static byte[] largePng(int bytes) {
		byte[] noise = new byte[bytes];
		new Random(bytes).nextBytes(noise);
		byte[] chunk = ByteBuffer.allocate(12 + bytes).putInt(bytes).put(ascii("IDAT")).put(noise).putInt(0).array();
		return with(picture("png", 2, 2), 33, chunk);
	}

	/** Inserts bytes into a file. */
	static byte[] with(byte[] file, int at, byte[]... inserted) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.write(file, 0, at);
		for (byte[] more : inserted) {
			bytes.writeBytes(more);
		}
		bytes.write(file, at, file.length - at);
		return bytes.toByteArray();
	}

	/** A text in a byte for each character. */
	public static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	/** A chunk of a PNG picture. */
	static byte[] pngChunk(String type, String content) {
		return ByteBuffer.allocate(12 + content.length())
			.putInt(content.length())
			.put(ascii(type))
			.put(ascii(content))
			.putInt(0)
			.array();
	}

	/** A segment of a JPEG picture. */
	static byte[] jpegSegment(int marker, byte[] content) {
		return ByteBuffer.allocate(4 + content.length)
			.put((byte) 0xFF)
			.put((byte) marker)
			.putShort((short) (content.length + 2))
			.put(content)
			.array();
	}

	/** Exif data with an orientation and a text, in one of the two byte orders. */
	static byte[] exif(ByteOrder order, int orientation, String secret) {
		ByteBuffer data = ByteBuffer.allocate(6 + 8 + 2 + 24 + 4 + secret.length());
		data.put(ascii("Exif\0\0")).put(ascii((order == ByteOrder.BIG_ENDIAN) ? "MM" : "II"));
		data.order(order).putShort((short) 42).putInt(8).putShort((short) 2);
		data.putShort((short) 0x010E).putShort((short) 2).putInt(secret.length()).putInt(38);
		data.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation).putShort((short) 0);
		return data.putInt(0).put(ascii(secret)).array();
	}

	/** A WebP picture of a size, with Exif data. The pixels are no real ones. */
	static byte[] webp(int width, int height, String secret) {
		byte[] extended = chunk("VP8X",
				ByteBuffer.allocate(10)
					.order(ByteOrder.LITTLE_ENDIAN)
					.putInt(0x08)
					.put(Arrays.copyOf(little(width - 1), 3))
					.put(Arrays.copyOf(little(height - 1), 3))
					.array());
		int sides = (width - 1) | ((height - 1) << 14);
		byte[] lossless = chunk("VP8L", ByteBuffer.allocate(9).put((byte) 0x2F).put(little(sides)).putInt(0).array());
		byte[] exif = chunk("EXIF", ascii(secret));
		ByteBuffer file = ByteBuffer.allocate(12 + extended.length + lossless.length + exif.length);
		file.put(ascii("RIFF")).put(little(file.capacity() - 8)).put(ascii("WEBP"));
		return file.put(extended).put(lossless).put(exif).array();
	}

	private static byte[] chunk(String type, byte[] content) {
		int padded = content.length + (content.length & 1);
		return ByteBuffer.allocate(8 + padded).put(ascii(type)).put(little(content.length)).put(content).array();
	}

	private static byte[] little(int number) {
		return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
	}

	/** A PDF with a text on each page. */
	public static byte[] pdf(int pages, String text) {
		try (PDDocument document = new PDDocument()) {
			for (int page = 1; page <= pages; page++) {
				addPage(document, text + " " + page);
			}
			return saved(document);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void addPage(PDDocument document, String text) throws IOException {
		PDPage page = new PDPage();
		document.addPage(page);
		try (PDPageContentStream content = new PDPageContentStream(document, page)) {
			content.beginText();
			content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
			content.newLineAtOffset(72, 700);
			content.showText(text);
			content.endText();
		}
	}

	static byte[] saved(PDDocument document) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		document.save(bytes);
		return bytes.toByteArray();
	}

	/** A PDF without text, like a scan. */
	public static byte[] scan(int pages) {
		try (PDDocument document = new PDDocument()) {
			for (int page = 0; page < pages; page++) {
				document.addPage(new PDPage());
			}
			return saved(document);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A PDF that can be opened only with a password. */
	static byte[] lockedPdf() throws IOException {
		try (PDDocument document = new PDDocument()) {
			addPage(document, "secret");
			document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
			return saved(document);
		}
	}

	/** A small zip whose only file unpacks to many megabytes. */
	public static byte[] zipBomb(int megabytes) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			zip.putNextEntry(new ZipEntry("word/document.xml"));
			for (int i = 0; i < megabytes; i++) {
				zip.write(new byte[1024 * 1024]);
			}
		}
		return bytes.toByteArray();
	}

}
