package dev.runnel.upstream.openrouter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.AttachmentReader;
import dev.runnel.upstream.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The body of a request: JSON with the content of files in it. The files are read while
 * the request is sent, so that they are never in memory as a whole.
 *
 * @param json the JSON before, between and behind the files
 * @param files the files, one less than there are pieces of JSON
 * @param reader reads the files
 */
record RequestBody(List<byte[]> json, List<Attachment> files, AttachmentReader reader) {

	/** Marks the place of a file. It never leaves this process, so no text can have it. */
	private static final String MARK = "file-" + UUID.randomUUID() + "-";

	private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.US_ASCII);

	/** The length of an id behind the mark. */
	private static final int ID_CHARS = 36;

	/**
	 * Returns the address of a file in JSON, with a mark in the place of its content.
	 * @param file the file
	 * @return a data URL (RFC 2397)
	 */
	static String place(Attachment file) {
		return "data:" + file.type() + ";base64," + MARK + file.id();
	}

	/**
	 * Builds the body of a request.
	 * @param request the request
	 * @param prompt the prompt of the request, which reads its files
	 * @return the body
	 */
	static RequestBody of(CompletionRequest request, Prompt prompt) {
		byte[] whole = Json.MAPPER.writeValueAsBytes(request);
		List<Attachment> files = prompt.messages().stream().flatMap((one) -> one.attachments().stream()).toList();
		List<byte[]> json = new ArrayList<>();
		int done = 0;
		for (int i = 0; i < files.size(); i++) {
			int mark = indexOfMark(whole, done);
			json.add(Arrays.copyOfRange(whole, done, mark));
			done = mark + MARK_BYTES.length + ID_CHARS;
		}
		json.add((done == 0) ? whole : Arrays.copyOfRange(whole, done, whole.length));
		return new RequestBody(json, files, prompt.files());
	}

	private static int indexOfMark(byte[] json, int from) {
		for (int at = from; at <= json.length - MARK_BYTES.length; at++) {
			if (Arrays.equals(json, at, at + MARK_BYTES.length, MARK_BYTES, 0, MARK_BYTES.length)) {
				return at;
			}
		}
		throw new IllegalStateException("a request has fewer files than its prompt");
	}

	/** The length of the body, in bytes. */
	long length() {
		return this.json.stream().mapToLong((piece) -> piece.length).sum()
				+ this.files.stream().mapToLong((file) -> Base64Pieces.length(file.size())).sum();
	}

	/** The body in pieces, which are read as fast as they are requested. */
	Flux<byte[]> pieces() {
		return Flux.range(0, this.json.size())
			.concatMap((at) -> (at == 0) ? Mono.just(this.json.get(0))
					: Flux.concat(content(this.files.get(at - 1)), Mono.just(this.json.get(at))), 1);
	}

	private Flux<byte[]> content(Attachment file) {
		return Flux.defer(() -> {
			Base64Pieces encoder = new Base64Pieces();
			return this.reader.read(file)
				.map(encoder::next)
				.concatWith(Mono.fromSupplier(encoder::end))
				.filter((piece) -> piece.length > 0);
		});
	}

}
