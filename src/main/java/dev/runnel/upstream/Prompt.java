package dev.runnel.upstream;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One question to a language model, with the whole context it needs.
 *
 * @param model the id of the model to ask; null for the configured default
 * @param routes the routes to the model and to those that may answer in its place, in
 * this order; empty if no service may be asked
 * @param messages the conversation so far, oldest first, ending with the question
 * @param sampling the sampling parameters
 * @param user a hash that stands for the visitor, stable and not traceable; null for none
 * @param session an id that keeps a conversation with one provider; null for none
 * @param continues true to continue an answer: the written part is then the second last
 * message, and the last one asks to continue it
 * @param files reads the attachments of the messages
 */
public record Prompt(@Nullable String model, List<ModelRoute> routes, List<Message> messages, Sampling sampling,
		@Nullable String user, @Nullable String session, boolean continues, AttachmentReader files) {

	/** The question, the written part of the answer, and the request to continue it. */
	private static final int CONTINUED = 3;

	public Prompt {
		int fewest = continues ? CONTINUED : 1;
		if (messages.size() < fewest) {
			throw new IllegalArgumentException("this prompt needs at least " + fewest + " messages");
		}
		messages = List.copyOf(messages);
		routes = List.copyOf(routes);
	}

	/** A prompt without attachments. */
	public Prompt(@Nullable String model, List<ModelRoute> routes, List<Message> messages, Sampling sampling,
			@Nullable String user, @Nullable String session, boolean continues) {
		this(model, routes, messages, sampling, user, session, continues, AttachmentReader.NONE);
	}

	/** A prompt without routes and attachments. */
	public Prompt(@Nullable String model, List<Message> messages, Sampling sampling, @Nullable String user,
			@Nullable String session, boolean continues) {
		this(model, List.of(), messages, sampling, user, session, continues);
	}

	/** A prompt for a new answer, without routes and attachments. */
	public Prompt(@Nullable String model, List<Message> messages, Sampling sampling, @Nullable String user,
			@Nullable String session) {
		this(model, messages, sampling, user, session, false);
	}

	/**
	 * Returns the prompt with other messages.
	 * @param others as many messages
	 * @param reader reads their attachments
	 * @return the prompt
	 */
	public Prompt with(List<Message> others, AttachmentReader reader) {
		return new Prompt(this.model, this.routes, others, this.sampling, this.user, this.session, this.continues,
				reader);
	}

	/**
	 * The same prompt with other routes.
	 * @param routes the routes to the model and to those that may answer in its place
	 * @return the prompt with these routes
	 */
	public Prompt along(List<ModelRoute> routes) {
		return new Prompt(this.model, routes, this.messages, this.sampling, this.user, this.session, this.continues,
				this.files);
	}

	/** The same prompt for the service at the end of a route. */
	Prompt along(ModelRoute route) {
		return new Prompt(route.model(), List.of(route), this.messages, this.sampling, this.user, this.session,
				this.continues, this.files);
	}

	/**
	 * The question that the visitor asked.
	 * @return the text of the question
	 */
	public String question() {
		return this.messages.get(this.messages.size() - (this.continues ? CONTINUED : 1)).content();
	}

	/**
	 * The part of the answer that is already written.
	 * @return the text; empty for a new answer
	 */
	public String written() {
		return this.continues ? this.messages.get(this.messages.size() - 2).content() : "";
	}

	/**
	 * One message of the conversation.
	 *
	 * @param role the speaker
	 * @param content Markdown
	 * @param attachments the files beside the text, to be sent as they are
	 */
	public record Message(Role role, String content, List<Attachment> attachments) {

		public Message {
			attachments = List.copyOf(attachments);
		}

		/** Creates a message without attachments. */
		public Message(Role role, String content) {
			this(role, content, List.of());
		}

		/**
		 * Returns how much of a context the message takes.
		 * @return an estimate, in UTF-16 units of text
		 */
		public int length() {
			return this.content.length() + this.attachments.stream().mapToInt(Attachment::length).sum();
		}

	}

	/**
	 * The sampling parameters. A null leaves the choice to the model.
	 *
	 * @param temperature 0 to 2
	 * @param topP above 0, at most 1
	 * @param maxTokens the most tokens to write
	 * @param reasoningEffort how hard the model should think
	 */
	public record Sampling(@Nullable Double temperature, @Nullable Double topP, @Nullable Integer maxTokens,
			@Nullable ReasoningEffort reasoningEffort) {
	}

}
