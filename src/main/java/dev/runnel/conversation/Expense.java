package dev.runnel.conversation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import dev.runnel.web.Visitor;

/**
 * What one call of a model cost.
 *
 * @param id the id of the call; the same id is stored once
 * @param owner the visitor who asked
 * @param model the id of the model that was asked
 * @param at when the call ended
 * @param promptTokens tokens read, as reported or estimated
 * @param completionTokens tokens written, as reported or estimated
 * @param cost the cost in US dollars, never negative
 * @param basis where the cost comes from
 */
public record Expense(UUID id, Visitor owner, String model, Instant at, long promptTokens, long completionTokens,
		BigDecimal cost, Basis basis) {

	/** Where a cost comes from. */
	public enum Basis {

		/** The model service reported it. */
		REPORTED,

		/** It is the number of tokens times the price in the list of models. */
		PRICED,

		/** The list has no price, so the settings say which one to assume. */
		ASSUMED

	}

}
