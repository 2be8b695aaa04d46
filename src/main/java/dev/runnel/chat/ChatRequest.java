package dev.runnel.chat;

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
import dev.runnel.upstream.ReasoningEffort;
import dev.runnel.upstream.WellFormed;
import dev.runnel.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to chat, as the wire contract has it.
 *
 * @param message what is asked
 * @param conversationId the conversation to go on with
 * @param parentId the answer that this one follows, or the question that is asked again
 * @param continueId the answer to go on with, in place of a message
 * @param model the model to ask
 * @param system the instructions to follow
 * @param temperature how freely to sample
 * @param topP how much of the distribution to sample from
 * @param maxTokens the most tokens to write
 * @param reasoningEffort how hard to think
 * @param format whether HTML is wanted
 * @param temporary true if nothing may be stored
 */
record ChatRequest(@Nullable String message, @Nullable UUID conversationId, @Nullable UUID parentId,
		@Nullable UUID continueId,
		@Nullable @Size(min = 1, max = 200, message = "must have 1 to 200 characters") String model,
		@Nullable @Size(max = 32000, message = "must have at most 32000 characters") String system,
		@Nullable @DecimalMin(value = "0", message = "must be from 0 to 2") @DecimalMax(value = "2",
				message = "must be from 0 to 2") Double temperature,
		@Nullable @DecimalMin(value = "0", inclusive = false, message = "must be above 0 and at most 1") @DecimalMax(
				value = "1", message = "must be above 0 and at most 1") Double topP,
		@Nullable @Min(value = 1, message = "must be at least 1") Integer maxTokens,
		@Nullable @Pattern(regexp = "none|minimal|low|medium|high|xhigh",
				message = "must be one of none, minimal, low, medium, high, xhigh") String reasoningEffort,
		@Nullable @Pattern(regexp = "html|markdown", message = "must be html or markdown") String format,
		@Nullable Boolean temporary) {

	/**
	 * The rule of each field alone is at the field; this is what they have to do with
	 * each other.
	 */
	void check() {
		boolean asks = this.message != null && !this.message.isBlank();
		if (this.continueId == null && !asks) {
			throw ProblemException.field("message", "is required and must not be blank");
		}
		if (this.continueId != null && (this.message != null || this.parentId != null)) {
			throw ProblemException.field("continueId", "must come without message and parentId");
		}
	}

	boolean wantsHtml() {
		return !"markdown".equals(this.format);
	}

	/**
	 * The question, with whatever could harm storage or wire made harmless.
	 * @return what is asked, and where
	 */
	Question question() {
		String text = WellFormed.of((this.message != null) ? this.message : "").replace('\0', '\uFFFD');
		return new Question((this.conversationId != null) ? new ConversationId(this.conversationId) : null,
				(this.parentId != null) ? new MessageId(this.parentId) : null, text,
				Boolean.TRUE.equals(this.temporary));
	}

	/**
	 * How to ask: what the request says, and where it says nothing, what the conversation
	 * says.
	 * @param kept the settings of the conversation
	 * @return both together
	 */
	ConversationSettings over(ConversationSettings kept) {
		return new ConversationSettings((this.model != null) ? this.model : kept.model(),
				(this.system != null) ? this.system : kept.system(),
				(this.temperature != null) ? this.temperature : kept.temperature(),
				(this.topP != null) ? this.topP : kept.topP(),
				(this.maxTokens != null) ? this.maxTokens : kept.maxTokens(),
				(this.reasoningEffort != null) ? ReasoningEffort.of(this.reasoningEffort) : kept.reasoningEffort());
	}

}
