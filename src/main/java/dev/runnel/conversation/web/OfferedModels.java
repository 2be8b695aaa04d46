package dev.runnel.conversation.web;

import dev.runnel.conversation.SettingsBody;
import dev.runnel.models.Models;
import dev.runnel.web.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Lets settings name only models that are offered. That a model may go later is for the
 * question to find out.
 */
@Component
final class OfferedModels {

	private final Models models;

	OfferedModels(Models models) {
		this.models = models;
	}

	/**
	 * Checks the model that settings name.
	 * @param settings the settings; null if there are none
	 * @param field what to blame
	 */
	void check(@Nullable SettingsBody settings, String field) {
		if (settings != null && settings.model() != null && !this.models.offered(settings.model())) {
			throw ProblemException.field(field, "must be one of those that GET /api/models lists");
		}
	}

}
