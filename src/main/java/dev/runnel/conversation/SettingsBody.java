package dev.runnel.conversation;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ReasoningEffort;
import dev.runnel.upstream.WellFormed;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of {@link ConversationSettings}, in requests, responses and exported
 * files. An absent or null field leaves the choice to the server. The validation rules
 * equal those of a chat request.
 *
 * @param model the id of the model
 * @param system the system instructions
 * @param temperature the sampling temperature
 * @param topP the share of the distribution to sample from
 * @param maxTokens the maximum number of tokens of an answer
 * @param reasoningEffort how much the model reasons
 * @param webSearch whether the model may search the web, if its service offers that
 */
public record SettingsBody(
		@Nullable @Size(min = 1, max = Model.MAX_ID_CHARS, message = "must have 1 to 400 characters") String model,
		@Nullable @Size(max = 32000, message = "must have at most 32000 characters") String system,
		@Nullable @DecimalMin(value = "0", message = "must be from 0 to 2") @DecimalMax(value = "2",
				message = "must be from 0 to 2") Double temperature,
		@Nullable @DecimalMin(value = "0", inclusive = false, message = "must be above 0 and at most 1") @DecimalMax(
				value = "1", message = "must be above 0 and at most 1") Double topP,
		@Nullable @Min(value = 1, message = "must be at least 1") Integer maxTokens,
		@Nullable @Pattern(regexp = "none|minimal|low|medium|high|xhigh",
				message = "must be one of none, minimal, low, medium, high, xhigh") String reasoningEffort,
		@Nullable Boolean webSearch) {

	/**
	 * Converts settings to their JSON form.
	 * @param settings the settings
	 * @return the JSON form
	 */
	public static SettingsBody of(ConversationSettings settings) {
		ReasoningEffort effort = settings.reasoningEffort();
		return new SettingsBody(settings.model(), settings.system(), settings.temperature(), settings.topP(),
				settings.maxTokens(), (effort != null) ? effort.wireName() : null, settings.webSearch());
	}

	/**
	 * Returns the model that a body names.
	 * @param body the body; null if there is none
	 * @return the id of the model; null if none is named
	 */
	public static @Nullable String modelOf(@Nullable SettingsBody body) {
		return (body != null) ? body.model : null;
	}

	/**
	 * Converts valid fields to settings.
	 * @return the settings; characters that cannot be stored are replaced in the
	 * instructions
	 */
	public ConversationSettings toSettings() {
		return new ConversationSettings(this.model, (this.system != null) ? WellFormed.storable(this.system) : null,
				this.temperature, this.topP, this.maxTokens,
				(this.reasoningEffort != null) ? ReasoningEffort.of(this.reasoningEffort) : null, this.webSearch);
	}

}
