package dev.runnel.upstream.openrouter;

import java.util.List;

import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.AttachmentReader;
import dev.runnel.upstream.EmbeddedFiles;
import dev.runnel.upstream.Prompt;
import reactor.core.publisher.Flux;

/**
 * The body of a request.
 *
 * @param json JSON with the files of the prompt in it
 * @param reader reads the files
 */
record RequestBody(EmbeddedFiles json, AttachmentReader reader) {

	/**
	 * Builds the body of a request.
	 * @param request the request
	 * @param prompt the prompt of the request, which reads its files
	 * @return the body
	 */
	static RequestBody of(CompletionRequest request, Prompt prompt) {
		List<Attachment> files = prompt.messages().stream().flatMap((one) -> one.attachments().stream()).toList();
		return new RequestBody(EmbeddedFiles.in(Json.MAPPER.writeValueAsBytes(request), files), prompt.files());
	}

	/** Returns whether it has files, which are read while it is sent. */
	boolean hasFiles() {
		return !this.json.files().isEmpty();
	}

	/** Returns the body of a request without files. */
	byte[] bytes() {
		return this.json.texts().get(0);
	}

	/** Returns the length of the body, in bytes. */
	long length() {
		return this.json.length();
	}

	/** Returns the body in pieces, which are read as fast as they are requested. */
	Flux<byte[]> pieces() {
		return this.json.pieces(this.reader);
	}

}
