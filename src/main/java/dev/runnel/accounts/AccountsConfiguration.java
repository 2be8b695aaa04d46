package dev.runnel.accounts;

import java.time.Clock;
import java.time.Duration;

import dev.runnel.conversation.Libraries;
import dev.runnel.conversation.store.Database;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Provides the accounts, and the passwords, sessions, links and keys that let them in.
 */
@Configuration(proxyBeanMethods = false)
@IfPeopleSignIn
class AccountsConfiguration {

	/** A request waits for less before it stores something, or ends. */
	private static final Duration LAST_LOOK = Duration.ofMinutes(1);

	private final Clock clock = Clock.systemUTC();

	@Bean
	Passwords passwords(AccountsSettings settings) {
		return new Passwords(settings.passwords());
	}

	@Bean
	Sessions sessions(Database database, AccountsSettings settings, ApplicationEventPublisher events) {
		return new Sessions(database, settings, events, this.clock);
	}

	@Bean
	Accounts accounts(Database database, Passwords passwords, Sessions sessions) {
		return new Accounts(database, passwords, sessions);
	}

	@Bean
	AccountDeletion accountDeletion(Database database, Accounts accounts, Sessions sessions, Libraries libraries) {
		return new AccountDeletion(database, accounts, sessions, libraries, LAST_LOOK);
	}

	@Bean
	Links links(Database database, Passwords passwords, Sessions sessions, AccountsSettings settings) {
		return new Links(database, passwords, sessions, settings.invitationAge(), this.clock);
	}

	@Bean
	Registration registration(Database database, Passwords passwords, Sessions sessions, AccountsSettings settings) {
		return new Registration(database, passwords, sessions, settings.registration(), this.clock);
	}

	@Bean
	Identities identities(Database database, Sessions sessions) {
		return new Identities(database, sessions, this.clock);
	}

	@Bean
	AuditLog auditLog(Database database, AccountsSettings settings) {
		return new AuditLog(database, settings.auditRetention(), this.clock);
	}

	@Bean
	AccessKeys accessKeys(Database database, ApplicationEventPublisher events) {
		return new AccessKeys(database, events, this.clock);
	}

}
