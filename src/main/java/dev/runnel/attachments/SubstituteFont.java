package dev.runnel.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The font of PDFBox, in place of each font that a PDF names without embedding it.
 * PDFBox's own choice opens every font of the computer first, which takes longer than the
 * time limit on a computer with many, and stores a list of them. A text is the same with
 * any font.
 *
 * @param font the font
 */
record SubstituteFont(TrueTypeFont font) implements FontMapper {

	private static final String RESOURCE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

	/**
	 * Loads the font.
	 * @return the font
	 */
	static SubstituteFont load() {
		try (InputStream in = Objects.requireNonNull(PDDocument.class.getResourceAsStream(RESOURCE))) {
			return new SubstituteFont(new TTFParser().parse(new RandomAccessReadBuffer(in)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public FontMapping<TrueTypeFont> getTrueTypeFont(String name, @Nullable PDFontDescriptor descriptor) {
		return new FontMapping<>(this.font, true);
	}

	@Override
	public FontMapping<FontBoxFont> getFontBoxFont(String name, @Nullable PDFontDescriptor descriptor) {
		return new FontMapping<>(this.font, true);
	}

	@Override
	public CIDFontMapping getCIDFont(String name, @Nullable PDFontDescriptor descriptor,
			@Nullable PDCIDSystemInfo collection) {
		return new CIDFontMapping(null, this.font, true);
	}

}
