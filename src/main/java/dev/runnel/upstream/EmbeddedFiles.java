package dev.runnel.upstream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A text with files in it, as Base64. The files are read while the text is sent, so that
 * they are never in memory as a whole.
 *
 * @param texts the text before, between and behind the files, in UTF-8
 * @param files the files, one less than there are texts
 */
public record EmbeddedFiles(List<byte[]> texts, List<Attachment> files) {

	/**
	 * Marks the place of a file. It never leaves this process, so no text can have it.
	 */
	private static final String MARK = "file-" + UUID.randomUUID() + "-";

	private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.US_ASCII);

	/** The length of an id behind the mark. */
	private static final int ID_CHARS = 36;

	/**
	 * Returns what a text has in the place of a file.
	 * @param file the file
	 * @return letters, digits and hyphens
	 */
	public static String mark(Attachment file) {
		return MARK + file.id();
	}

	/**
	 * Returns the address of a file, with a mark in the place of its content.
	 * @param file the file
	 * @return a data URL (RFC 2397)
	 */
	public static String address(Attachment file) {
		return "data:" + file.type() + ";base64," + mark(file);
	}

	/**
	 * Finds the places of files in a text.
	 * @param text the text, in UTF-8
	 * @param files the files, in the order of their marks in the text
	 * @return the text with the files
	 */
	public static EmbeddedFiles in(byte[] text, List<Attachment> files) {
		List<byte[]> texts = new ArrayList<>();
		int done = 0;
		for (int i = 0; i < files.size(); i++) {
			int mark = indexOfMark(text, done);
			texts.add(Arrays.copyOfRange(text, done, mark));
			done = mark + MARK_BYTES.length + ID_CHARS;
		}
		texts.add((done == 0) ? text : Arrays.copyOfRange(text, done, text.length));
		return new EmbeddedFiles(texts, files);
	}

	private static int indexOfMark(byte[] text, int from) {
		for (int at = from; at <= text.length - MARK_BYTES.length; at++) {
			if (Arrays.equals(text, at, at + MARK_BYTES.length, MARK_BYTES, 0, MARK_BYTES.length)) {
				return at;
			}
		}
		throw new IllegalStateException("a text has fewer marks than files");
	}

	/**
	 * Returns the length of the text with the files.
	 * @return the length, in bytes
	 */
	public long length() {
		return this.texts.stream().mapToLong((piece) -> piece.length).sum()
				+ this.files.stream().mapToLong((file) -> Base64Pieces.length(file.size())).sum();
	}

	/**
	 * Returns the text with the files, read as fast as the pieces are requested.
	 * @param reader reads the files
	 * @return the text in pieces, in UTF-8
	 */
	public Flux<byte[]> pieces(AttachmentReader reader) {
		return Flux.range(0, this.texts.size()).concatMap((at) -> {
			Mono<byte[]> text = Mono.just(this.texts.get(at));
			return (at == 0) ? text : content(this.files.get(at - 1), reader).concatWith(text);
		}, 1);
	}

	private static Flux<byte[]> content(Attachment file, AttachmentReader reader) {
		return Flux.defer(() -> {
			Base64Pieces encoder = new Base64Pieces();
			return reader.read(file)
				.map(encoder::next)
				.concatWith(Mono.fromSupplier(encoder::end))
				.filter((piece) -> piece.length > 0);
		});
	}

}
