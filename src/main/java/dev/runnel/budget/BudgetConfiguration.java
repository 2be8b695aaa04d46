package dev.runnel.budget;

import java.time.Clock;

import dev.runnel.conversation.Ledger;
import dev.runnel.conversation.OwnBudgets;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Provides the budgets.
 */
@Configuration(proxyBeanMethods = false)
class BudgetConfiguration {

	@Bean
	StoredBudgets budgets(BudgetSettings settings, Ledger ledger, OwnBudgets ownBudgets) {
		return new StoredBudgets(settings, ledger, ownBudgets, Clock.systemUTC());
	}

}
