package dev.runnel.export;

import java.util.List;

import dev.runnel.conversation.Message;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.EmbeddedFiles;

/**
 * An attached file in an HTML page.
 *
 * @param attachment the file
 * @param address a data URL
 */
record ShownFile(Attachment attachment, String address) {

	static List<ShownFile> of(Message message) {
		return message.attachments().stream().map((file) -> new ShownFile(file, EmbeddedFiles.address(file))).toList();
	}

}
