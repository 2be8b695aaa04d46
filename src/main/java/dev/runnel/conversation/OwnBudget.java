package dev.runnel.conversation;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * What one visitor may spend, in place of what the settings allow.
 *
 * @param perDay US dollars in a day; null for what the settings allow
 * @param perMonth US dollars in a month; null for what the settings allow
 */
public record OwnBudget(@Nullable BigDecimal perDay, @Nullable BigDecimal perMonth) {

	/** Leaves both to the settings. */
	public static final OwnBudget NONE = new OwnBudget(null, null);

}
