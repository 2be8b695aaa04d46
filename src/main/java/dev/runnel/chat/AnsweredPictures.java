package dev.runnel.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Role;

/**
 * Moves the pictures of earlier answers to the questions that follow them, because
 * services take pictures only from users.
 */
final class AnsweredPictures {

	/**
	 * Stands in an answer that has nothing else. Some services refuse an empty message.
	 */
	private static final String MOVED = "[The picture of this answer comes with the next message.]";

	private AnsweredPictures() {
	}

	/**
	 * Moves the pictures.
	 * @param messages the messages of a prompt, whose last one is of the user
	 * @return as many messages
	 */
	static List<Prompt.Message> moved(List<Prompt.Message> messages) {
		List<Prompt.Message> moved = new ArrayList<>();
		List<Attachment> pictures = List.of();
		for (Prompt.Message message : messages) {
			if (message.role() == Role.ASSISTANT && !message.attachments().isEmpty()) {
				pictures = message.attachments();
				moved.add(new Prompt.Message(Role.ASSISTANT, message.content().isBlank() ? MOVED : message.content()));
			}
			else {
				moved.add(pictures.isEmpty() ? message : with(pictures, message));
				pictures = List.of();
			}
		}
		return moved;
	}

	private static Prompt.Message with(List<Attachment> pictures, Prompt.Message question) {
		return new Prompt.Message(question.role(), question.content(),
				Stream.concat(pictures.stream(), question.attachments().stream()).toList());
	}

}
