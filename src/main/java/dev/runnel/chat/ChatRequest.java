package dev.runnel.chat;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Question;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Model;
import dev.runnel.upstream.ReasoningEffort;
import dev.runnel.upstream.WellFormed;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The request body of a question, as in the wire contract.
 *
 * @param message the question; null to continue an answer
 * @param conversationId the conversation to continue; null for a new one
 * @param parentId the answer that the question follows, or the question to ask again;
 * null for none
 * @param continueId the answer to continue, instead of a message; null for none
 * @param model the model to ask; null for the conversation's model or the default one
 * @param system the system prompt; null for the conversation's or the configured one
 * @param temperature the sampling temperature; null for the conversation's
 * @param topP the share of the probability distribution to sample from; null for the
 * conversation's
 * @param maxTokens the most tokens to write; null for the conversation's
 * @param reasoningEffort how hard the model should think; null for the conversation's
 * @param webSearch whether the model may search the web; null for the conversation's
 * @param format html or markdown; null for html
 * @param temporary true to store nothing; null for false
 * @param attachments the files of the question; null for those of the question that is
 * asked again, or for none
 */
record ChatRequest(@Nullable String message, @Nullable UUID conversationId, @Nullable UUID parentId,
		@Nullable UUID continueId,
		@Nullable @Size(min = 1, max = Model.MAX_ID_CHARS, message = "must have 1 to 400 characters") String model,
		@Nullable @Size(max = 32000, message = "must have at most 32000 characters") String system,
		@Nullable @DecimalMin(value = "0", message = "must be from 0 to 2") @DecimalMax(value = "2",
				message = "must be from 0 to 2") Double temperature,
		@Nullable @DecimalMin(value = "0", inclusive = false, message = "must be above 0 and at most 1") @DecimalMax(
				value = "1", message = "must be above 0 and at most 1") Double topP,
		@Nullable @Min(value = 1, message = "must be at least 1") Integer maxTokens,
		@Nullable @Pattern(regexp = "none|minimal|low|medium|high|xhigh",
				message = "must be one of none, minimal, low, medium, high, xhigh") String reasoningEffort,
		@Nullable Boolean webSearch,
		@Nullable @Pattern(regexp = "html|markdown", message = "must be html or markdown") String format,
		@Nullable Boolean temporary,
		@Nullable @Size(max = 10, message = "must have at most 10 files") List<UUID> attachments) {

	/** Creates a request that names no attachments. */
	ChatRequest(@Nullable String message, @Nullable UUID conversationId, @Nullable UUID parentId,
			@Nullable UUID continueId, @Nullable String model, @Nullable String system, @Nullable Double temperature,
			@Nullable Double topP, @Nullable Integer maxTokens, @Nullable String reasoningEffort,
			@Nullable Boolean webSearch, @Nullable String format, @Nullable Boolean temporary) {
		this(message, conversationId, parentId, continueId, model, system, temperature, topP, maxTokens,
				reasoningEffort, webSearch, format, temporary, null);
	}

	/**
	 * Creates the request of a form, which wants no HTML.
	 * @param message the question; null if the form has none
	 * @param conversationId the conversation to continue; null for a new one
	 * @return the request, without settings of its own
	 */
	static ChatRequest ofForm(@Nullable String message, @Nullable UUID conversationId) {
		return new ChatRequest(message, conversationId, null, null, null, null, null, null, null, null, null,
				"markdown", null);
	}

	/**
	 * Creates the request to continue an answer, without settings of its own.
	 * @param answer the id of the answer
	 * @return the request
	 */
	static ChatRequest toContinue(UUID answer) {
		return new ChatRequest(null, null, null, answer, null, null, null, null, null, null, null, null, null);
	}

	/**
	 * Checks the rules between fields. Annotations check each field alone.
	 */
	void check() {
		if (this.continueId == null) {
			checkQuestion();
		}
		else {
			checkNoQuestion();
		}
	}

	private void checkNoQuestion() {
		if (this.message != null || this.parentId != null || this.attachments != null) {
			throw ProblemException.field("continueId", "must come without message, parentId and attachments");
		}
	}

	private void checkQuestion() {
		if (this.message == null || this.message.isBlank()) {
			throw ProblemException.field("message", "is required and must not be blank").because(Reason.MESSAGE_EMPTY);
		}
		if (this.attachments != null && this.attachments.stream().anyMatch(Objects::isNull)) {
			throw ProblemException.field("attachments", "must have no empty place");
		}
	}

	boolean wantsHtml() {
		return !"markdown".equals(this.format);
	}

	/**
	 * The question, with characters replaced that storage or the wire format cannot hold.
	 * @param files its files; null if the request names none
	 * @return the question and its place in the conversations
	 */
	Question question(@Nullable List<Attachment> files) {
		String text = WellFormed.of(Objects.requireNonNullElse(this.message, "")).replace('\0', '\uFFFD');
		return new Question((this.conversationId != null) ? new ConversationId(this.conversationId) : null,
				(this.parentId != null) ? new MessageId(this.parentId) : null, text,
				Boolean.TRUE.equals(this.temporary), files);
	}

	/**
	 * Completes the settings of the request with those of the conversation.
	 * @param kept the settings stored with the conversation
	 * @return the settings of the request, each missing one taken from the conversation
	 */
	ConversationSettings orElse(ConversationSettings kept) {
		return new ConversationSettings(orElse(this.model, kept.model()), orElse(this.system, kept.system()),
				orElse(this.temperature, kept.temperature()), orElse(this.topP, kept.topP()),
				orElse(this.maxTokens, kept.maxTokens()),
				(this.reasoningEffort != null) ? ReasoningEffort.of(this.reasoningEffort) : kept.reasoningEffort(),
				orElse(this.webSearch, kept.webSearch()));
	}

	private static <T> @Nullable T orElse(@Nullable T asked, @Nullable T kept) {
		return (asked != null) ? asked : kept;
	}

}
