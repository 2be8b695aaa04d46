package dev.runnel.upstream;

import reactor.core.publisher.Flux;

/**
 * Reads the content of attachments.
 */
@FunctionalInterface
public interface AttachmentReader {

	/** For prompts without attachments. */
	AttachmentReader NONE = (attachment) -> Flux.empty();

	/**
	 * Reads an attachment. Each subscription reads it anew, as fast as it requests the
	 * pieces.
	 * @param attachment the attachment
	 * @return its bytes, in pieces
	 */
	Flux<byte[]> read(Attachment attachment);

}
