package dev.runnel.conversation;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import dev.runnel.upstream.ReasoningEffort;
import dev.runnel.upstream.WellFormed;
import org.jspecify.annotations.Nullable;

/**
 * How questions are asked, as it is sent, shown and put into files. A field that is
 * absent or null leaves the choice to the server. The rules are those of a request to
 * chat.
 *
 * @param model the model to ask
 * @param system the instructions to follow
 * @param temperature how freely to sample
 * @param topP how much of the distribution to sample from
 * @param maxTokens the most tokens to write
 * @param reasoningEffort how hard to think
 */
public record SettingsBody(@Nullable @Size(min = 1, max = 200, message = "must have 1 to 200 characters") String model,
		@Nullable @Size(max = 32000, message = "must have at most 32000 characters") String system,
		@Nullable @DecimalMin(value = "0", message = "must be from 0 to 2") @DecimalMax(value = "2",
				message = "must be from 0 to 2") Double temperature,
		@Nullable @DecimalMin(value = "0", inclusive = false, message = "must be above 0 and at most 1") @DecimalMax(
				value = "1", message = "must be above 0 and at most 1") Double topP,
		@Nullable @Min(value = 1, message = "must be at least 1") Integer maxTokens,
		@Nullable @Pattern(regexp = "none|minimal|low|medium|high|xhigh",
				message = "must be one of none, minimal, low, medium, high, xhigh") String reasoningEffort) {

	/**
	 * Shows settings.
	 * @param settings the settings
	 * @return their fields
	 */
	public static SettingsBody of(ConversationSettings settings) {
		ReasoningEffort effort = settings.reasoningEffort();
		return new SettingsBody(settings.model(), settings.system(), settings.temperature(), settings.topP(),
				settings.maxTokens(), (effort != null) ? effort.wireName() : null);
	}

	/**
	 * Reads settings that keep the rules.
	 * @return the settings, their text made harmless
	 */
	public ConversationSettings toSettings() {
		return new ConversationSettings(this.model, (this.system != null) ? WellFormed.storable(this.system) : null,
				this.temperature, this.topP, this.maxTokens,
				(this.reasoningEffort != null) ? ReasoningEffort.of(this.reasoningEffort) : null);
	}

}
