package dev.runnel.budget;

import java.math.BigDecimal;

import jakarta.validation.constraints.DecimalMin;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much may be spent, in US dollars. Days and months are those of UTC.
 *
 * @param userPerDay the most US dollars that one user may spend in a day, or one browser
 * if nobody signs in. Empty: no limit
 * @param userPerMonth the most US dollars that one user may spend in a month, or one
 * browser if nobody signs in. Empty: no limit
 * @param adminPerDay the most US dollars that one admin may spend in a day. Empty: no
 * limit
 * @param adminPerMonth the most US dollars that one admin may spend in a month. Empty: no
 * limit
 * @param serverPerDay the most US dollars that all together may spend in a day. Empty: no
 * limit
 * @param serverPerMonth the most US dollars that all together may spend in a month.
 * Empty: no limit
 * @param unknownPrice the price to assume for a million tokens of a model whose price the
 * service does not tell, in US dollars; 0 for models of your own
 */
@ConfigurationProperties("runnel.budget")
record BudgetSettings(@Nullable @DecimalMin("0") BigDecimal userPerDay,
		@Nullable @DecimalMin("0") BigDecimal userPerMonth, @Nullable @DecimalMin("0") BigDecimal adminPerDay,
		@Nullable @DecimalMin("0") BigDecimal adminPerMonth, @Nullable @DecimalMin("0") BigDecimal serverPerDay,
		@Nullable @DecimalMin("0") BigDecimal serverPerMonth,
		@DefaultValue("20") @DecimalMin("0") BigDecimal unknownPrice) {
}
