package dev.runnel.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/**
 * A static file in the form in which it is served.
 *
 * @param type its content type
 * @param content its bytes; never change them
 * @param compressed its bytes compressed with gzip; null if compression gains too little
 */
record Asset(MediaType type, byte[] content, byte @Nullable [] compressed) {

	private static final Map<String, MediaType> MORE_TYPES = Map.of("webmanifest",
			MediaType.parseMediaType("application/manifest+json"));

	static Asset of(String name, byte[] content) {
		byte[] compressed = compress(content);
		return new Asset(typeOf(name), content, (compressed.length < content.length * 9L / 10) ? compressed : null);
	}

	private static MediaType typeOf(String name) {
		MediaType known = MORE_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
		return (known != null) ? known : MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM);
	}

	/** Compresses with the highest level, because it happens only once. */
	private static byte[] compress(byte[] content) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(compressed) {
			{
				this.def.setLevel(Deflater.BEST_COMPRESSION);
			}
		}) {
			gzip.write(content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return compressed.toByteArray();
	}

}
