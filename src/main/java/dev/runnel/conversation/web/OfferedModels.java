package dev.runnel.conversation.web;

import dev.runnel.conversation.SettingsBody;
import dev.runnel.models.Models;
import dev.runnel.web.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Checks that settings name only models that are offered now. A model may disappear
 * later; then the question that uses it fails.
 */
@Component
final class OfferedModels {

	private final Models models;

	OfferedModels(Models models) {
		this.models = models;
	}

	/**
	 * Checks the model of settings.
	 * @param settings the settings; null if there are none
	 * @param field the name of the field that the problem reports
	 * @throws ProblemException if the model is not offered
	 */
	void check(@Nullable SettingsBody settings, String field) {
		if (settings != null && settings.model() != null && !this.models.offered(settings.model())) {
			throw ProblemException.field(field, "must be one of those that GET /api/models lists");
		}
	}

}
