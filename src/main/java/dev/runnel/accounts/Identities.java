package dev.runnel.accounts;

import java.time.Clock;
import java.util.EnumSet;
import java.util.UUID;

import dev.runnel.conversation.store.Database;
import reactor.core.publisher.Mono;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * People whom somebody else vouches for. An account is known by the issuer and the
 * subject, never by a name or an e-mail address, because those are given to others later.
 */
public final class Identities {

	private static final int MAX_CHARS = 400;

	private static final int MAX_NAME_CHARS = 60;

	private final Database database;

	private final Clock clock;

	Identities(Database database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/**
	 * Finds the account of a person, and creates it at the first visit.
	 * @param issuer who vouches for the person
	 * @param subject how the issuer calls the person
	 * @return the account; empty if it is disabled, or if the subject is empty or too
	 * long
	 */
	public Mono<Admitted> admit(String issuer, String subject) {
		if (subject.isBlank() || subject.length() > MAX_CHARS) {
			return Mono.empty();
		}
		return find(issuer, subject).switchIfEmpty(Mono.defer(() -> create(issuer, subject)))
			.filter((account) -> !account.disabled())
			.map((account) -> new Admitted(account, account.id(), true, EnumSet.allOf(Scope.class)));
	}

	private Mono<Account> find(String issuer, String subject) {
		return this.database.read((client) -> client
			.sql("select " + Columns.ACCOUNT + " from account_identity i join account a on a.id = i.account_id"
					+ " where i.issuer = :issuer and i.subject = :subject")
			.bind("issuer", issuer)
			.bind("subject", subject)
			.map(Columns::account)
			.all()).next();
	}

	/**
	 * Two first requests may come at once. The later one finds the account of the other.
	 */
	private Mono<Account> create(String issuer, String subject) {
		return this.database.inTransaction((client) -> insert(client, issuer, subject))
			.delayUntil((account) -> this.database.flush())
			.onErrorResume(Refusal.class, (taken) -> find(issuer, subject));
	}

	private Mono<Account> insert(DatabaseClient client, String issuer, String subject) {
		AccountName name = name(issuer, subject);
		Account account = new Account(UUID.randomUUID(), name.shown(), Role.USER, false, this.clock.instant());
		return Accounts.insert(client, name, null, account)
			.delayUntil((created) -> client
				.sql("insert into account_identity (issuer, subject, account_id) values (:issuer, :subject, :account)")
				.bind("issuer", issuer)
				.bind("subject", subject)
				.bind("account", created.id())
				.then()
				.onErrorMap(DataIntegrityViolationException.class, (taken) -> new Refusal(Refusal.Reason.NAME_TAKEN)));
	}

	/**
	 * Returns a name that nobody can sign in by: no typed name begins with a tilde, so it
	 * cannot be the one of a local account either.
	 */
	private static AccountName name(String issuer, String subject) {
		return new AccountName(subject.substring(0, Math.min(subject.length(), MAX_NAME_CHARS)),
				"~" + new Token(issuer + " " + subject).hash());
	}

}
