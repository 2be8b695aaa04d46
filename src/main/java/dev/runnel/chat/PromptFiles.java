package dev.runnel.chat;

import java.util.List;
import java.util.stream.Collectors;

import dev.runnel.conversation.Attachments;
import dev.runnel.models.Models;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Fence;
import dev.runnel.upstream.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Puts the files of a conversation into a prompt, each in the form that the model reads:
 * as it is, or as text. The visitor never chooses the form.
 *
 * @param attachments reads the files
 * @param models the models that may be chosen
 */
record PromptFiles(Attachments attachments, Models models) {

	/**
	 * Returns whether a prompt has files.
	 * @param prompt the prompt
	 * @return true if a message has some
	 */
	static boolean isNeededFor(Prompt prompt) {
		return prompt.messages().stream().anyMatch((message) -> !message.attachments().isEmpty());
	}

	/**
	 * Replaces each file that the model does not read by its text, or by a note.
	 * @param prompt the prompt
	 * @return the prompt to send
	 */
	Mono<Prompt> in(Prompt prompt) {
		ModelSenses senses = ModelSenses.of(this.models, prompt.model());
		return Flux.fromIterable(AnsweredPictures.moved(prompt.messages()))
			.concatMap((message) -> readable(message, senses))
			.collectList()
			.map((messages) -> prompt.with(messages, this.attachments));
	}

	private Mono<Prompt.Message> readable(Prompt.Message message, ModelSenses senses) {
		List<Attachment> whole = message.attachments().stream().filter(senses::reads).toList();
		if (whole.size() == message.attachments().size()) {
			return Mono.just(message);
		}
		return Flux.fromIterable(message.attachments())
			.filter((file) -> !senses.reads(file))
			.concatMap(this::text)
			.collect(Collectors.joining())
			.map((texts) -> new Prompt.Message(message.role(), texts + message.content(), whole));
	}

	private Mono<String> text(Attachment file) {
		return this.attachments.text(file)
			.map((text) -> "File: " + file.name() + "\n\n" + Fence.around(text, "") + "\n\n")
			.defaultIfEmpty("[The file " + file.name() + " belongs here. This model cannot read it.]\n\n");
	}

}
