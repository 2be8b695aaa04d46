package dev.runnel.accounts;

import java.time.Clock;
import java.util.EnumSet;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.runnel.accounts.Audited.Action;
import dev.runnel.conversation.Libraries;
import dev.runnel.conversation.store.Database;
import dev.runnel.conversation.store.SpentMoney;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The accounts of people who sign in elsewhere: at an OpenID Connect provider, or at a
 * proxy in front. The issuer and the subject identify such an account. A name or an
 * e-mail address does not, because it may be given to somebody else later.
 */
public final class Identities {

	private static final int MAX_CHARS = 400;

	private static final int MAX_NAME_CHARS = 60;

	/** Control and formatting characters, halves of a pair, and all kinds of spaces. */
	private static final Pattern UNSHOWN = Pattern.compile("[\\p{C}\\p{Z}]+");

	private final Database database;

	private final Sessions sessions;

	private final Clock clock;

	Identities(Database database, Sessions sessions, Clock clock) {
		this.database = database;
		this.sessions = sessions;
		this.clock = clock;
	}

	/**
	 * Finds the account of a person, and creates it at the first visit. The sign-in is as
	 * recent as the request, because the issuer vouches for each of them.
	 * @param issuer the provider or the proxy that has signed the person in
	 * @param subject the issuer's id of the person
	 * @return the account; empty if it is disabled, or if the subject is empty or too
	 * long
	 */
	public Mono<Admitted> admit(String issuer, String subject) {
		if (subject.isBlank() || subject.length() > MAX_CHARS) {
			return Mono.empty();
		}
		return find(issuer, subject).switchIfEmpty(Mono.defer(() -> create(issuer, subject)))
			.filter((account) -> !account.disabled())
			.map((account) -> new Admitted(account, account.id(), true, EnumSet.allOf(Scope.class), true));
	}

	/**
	 * Signs a person in: finds their account, or creates it at the first visit, and takes
	 * over the name and the role that the issuer gives now.
	 * @param identity the person
	 * @return the account; empty if it is disabled, or if the subject is empty or too
	 * long
	 */
	public Mono<Account> signIn(Identity identity) {
		return admit(identity.issuer(), identity.subject()).map(Admitted::account)
			.flatMap((account) -> update(account, identity));
	}

	/**
	 * The issuer may take the role of the last admin away. The next start then logs a
	 * link that creates an admin.
	 */
	private Mono<Account> update(Account account, Identity identity) {
		String name = shown(identity.name());
		Role role = (identity.role() != null) ? identity.role() : account.role();
		if (account.name().equals(name) && account.role() == role) {
			return Mono.just(account);
		}
		boolean demoted = account.isAdmin() && role != Role.ADMIN;
		return this.database
			.inTransaction((client) -> client.sql("update account set name = :name, role = :role where id = :id")
				.bind("name", name)
				.bind("role", role.name())
				.bind("id", account.id())
				.fetch()
				.rowsUpdated()
				.delayUntil((rows) -> demoted ? Links.closeAll(client) : Mono.empty()))
			.delayUntil((rows) -> this.database.flush())
			.filter((rows) -> account.role() != role)
			.doOnNext((rows) -> this.sessions.tell(new Audited(Action.ROLE, identity.issuer(), name, role.name())))
			.thenReturn(new Account(account.id(), name, role, account.disabled(), account.createdAt()));
	}

	/**
	 * Finds the account of a person.
	 * @param issuer the provider or the proxy that has signed the person in
	 * @param subject the issuer's id of the person
	 * @return the account, even a disabled one; empty if there is none
	 */
	public Mono<Account> find(String issuer, String subject) {
		return this.database.read((client) -> client
			.sql("select " + Columns.ACCOUNT + " from account_identity i join account a on a.id = i.account_id"
					+ " where i.issuer = :issuer and i.subject = :subject")
			.bind("issuer", issuer)
			.bind("subject", subject)
			.map(Columns::account)
			.all()).next();
	}

	/**
	 * Two first requests of a person may come at once. The later one then finds the
	 * account that the other has created.
	 */
	private Mono<Account> create(String issuer, String subject) {
		return this.database.inTransaction((client) -> insert(client, issuer, subject))
			.delayUntil((account) -> this.database.flush())
			.doOnNext((account) -> this.sessions.tell(new Audited(Action.JOIN, account.name(), "", issuer)))
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
				.onErrorMap(DataIntegrityViolationException.class, (taken) -> new Refusal(Refusal.Reason.NAME_TAKEN)))
			.delayUntil((created) -> SpentMoney.move(client, new Visitor(name.login()), created.visitor()));
	}

	/**
	 * Shortens a name, and removes characters that would break a line of a page or of a
	 * log.
	 */
	private static String shown(String name) {
		String cut = name.substring(0, Math.min(name.length(), MAX_NAME_CHARS));
		return UNSHOWN.matcher(cut).replaceAll(" ").strip();
	}

	/**
	 * Returns a name for an account without a password. Its form for comparison begins
	 * with a tilde, and no typed name does, so it differs from the names of all other
	 * accounts.
	 */
	private static AccountName name(String issuer, String subject) {
		return new AccountName(shown(subject), Libraries.PENDING + new Token(issuer + " " + subject).hash());
	}

}
