package dev.runnel.accounts;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.runnel.CpuTime;
import dev.runnel.conversation.Expense;
import dev.runnel.conversation.Expense.Basis;
import dev.runnel.conversation.Ledger;
import dev.runnel.conversation.Libraries;
import dev.runnel.conversation.store.Database;
import dev.runnel.page.RunningRunnel;
import dev.runnel.web.AccessEnded;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Which sessions begin, and which end with what.
 */
@Timeout(400)
class SessionTests {

	private static final String PASSWORD = "a long enough sentence";

	private static final AccountsSettings SETTINGS = new AccountsSettings(true, false, Duration.ofDays(30),
			Duration.ofDays(7), Duration.ofMinutes(10), Duration.ofDays(3), Duration.ofDays(365));

	private static RunningRunnel runnel;

	private static UUID admin;

	@BeforeAll
	static void start() {
		runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts");
		admin = join("Ada", Role.ADMIN).id();
	}

	@AfterAll
	static void stop() {
		runnel.close();
	}

	private static <T> T bean(Class<T> type) {
		return runnel.context().getBean(type);
	}

	private static Account join(String name, Role role) {
		Links links = bean(Links.class);
		Token invitation = Objects.requireNonNull(links.invite(role).block());
		return Objects.requireNonNull(links.join(LinkPurpose.INVITATION, invitation, name, PASSWORD).block());
	}

	private static Sessions sessions(Duration later) {
		return sessions(later, (event) -> {
		});
	}

	private static Sessions sessions(Duration later, ApplicationEventPublisher events) {
		return new Sessions(bean(Database.class), SETTINGS, events, Clock.offset(Clock.systemUTC(), later));
	}

	private static Sessions sessions() {
		return sessions(Duration.ZERO);
	}

	private static Verified verified(String name) {
		return Objects.requireNonNull(bean(Accounts.class).signIn(name, PASSWORD).block());
	}

	@Test
	void aSignInThatBeganBeforeANewPasswordBeginsNoSession() {
		Account account = join("Paul", Role.USER);
		Verified before = verified("Paul");
		bean(Accounts.class).changePassword(account.id(), PASSWORD, "another long sentence", null, Browser.UNKNOWN)
			.block();
		assertThat(sessions().begin(before, Browser.UNKNOWN, null).block()).isNull();
		assertThat(sessions().list(account.id()).collectList().block()).isEmpty();
	}

	@Test
	void aSignInThatBeganBeforeTheAccountWasLockedOutBeginsNoSession() {
		Account account = join("Lisa", Role.USER);
		Verified before = verified("Lisa");
		bean(Accounts.class).disable(admin, account.id(), true).block();
		assertThat(sessions().begin(before, Browser.UNKNOWN, null).block()).isNull();
		assertThat(sessions().begin(account, Browser.UNKNOWN, Confirmation.UNKNOWN, null).block()).isNull();
		bean(Accounts.class).disable(admin, account.id(), false).block();
		assertThat(sessions().begin(before, Browser.UNKNOWN, null).block()).isNotNull();
	}

	@Test
	void noLogHasTheHashOfAPassword() {
		join("Hank", Role.USER);
		assertThat(verified("Hank").toString()).doesNotContain("pbkdf2");
	}

	private static Duration hashing(Accounts accounts, String name, String password) {
		return CpuTime.of("passwords", () -> accounts.signIn(name, password).block());
	}

	@Test
	void everySignInCostsAsMuchAsAWrongPassword() {
		Account lockedOut = join("Otto", Role.USER);
		bean(Accounts.class).disable(admin, lockedOut.id(), true).block();
		try (Passwords passwords = new Passwords(true)) {
			Accounts accounts = new Accounts(bean(Database.class), passwords, sessions());
			hashing(accounts, "Ada", "a wrong password");
			Duration enough = hashing(accounts, "Ada", "a wrong password").dividedBy(2);
			assertThat(hashing(accounts, "Ada", PASSWORD)).isGreaterThan(enough);
			assertThat(hashing(accounts, "Nobody", PASSWORD)).isGreaterThan(enough);
			assertThat(hashing(accounts, "no <name>", PASSWORD)).isGreaterThan(enough);
			assertThat(hashing(accounts, "Otto", PASSWORD)).isGreaterThan(enough);
		}
	}

	@Test
	void allSessionsEndTogetherWhateverStopsTheRequestThatEndsThem() {
		Account account = join("Rosa", Role.USER);
		for (int i = 0; i < 3; i++) {
			sessions().begin(account, Browser.UNKNOWN, Confirmation.UNKNOWN, null).block();
		}
		Sessions stopped = new Sessions(bean(Database.class), SETTINGS, (event) -> {
			throw new IllegalStateException("The request has ended");
		}, Clock.systemUTC());
		assertThatIllegalStateException().isThrownBy(() -> stopped.endAll(account, null).block());
		assertThat(sessions().list(account.id()).collectList().block()).isEmpty();
	}

	@Test
	void anAccountHasAtMostAHundredSessions() {
		Account account = join("Maxi", Role.USER);
		Token first = Objects
			.requireNonNull(sessions().begin(account, Browser.UNKNOWN, Confirmation.UNKNOWN, null).block());
		UUID id = Objects.requireNonNull(sessions().list(account.id()).blockFirst()).id();
		List<Object> events = new ArrayList<>();
		for (int i = 1; i <= 100; i++) {
			sessions(Duration.ofSeconds(i), events::add).begin(account, Browser.UNKNOWN, Confirmation.UNKNOWN, null)
				.block();
		}
		assertThat(sessions(Duration.ofSeconds(101)).find(first).block()).isNull();
		assertThat(events).filteredOn(AccessEnded.class::isInstance)
			.containsExactly(new AccessEnded(account.visitor(), id));
		assertThat(sessions().list(account.id()).count().block()).isEqualTo(100);
	}

	private static Token confirmed(Account account, UUID before, List<Object> events) {
		return Objects.requireNonNull(
				sessions(Duration.ZERO, events::add).begin(account, Browser.UNKNOWN, Confirmation.UNKNOWN, before)
					.block());
	}

	private static UUID access(Token token) {
		return Objects.requireNonNull(sessions().find(token).block()).access();
	}

	@Test
	void aSessionThatIsConfirmedHasAnotherToken() {
		Account account = join("Nina", Role.USER);
		Token first = Objects
			.requireNonNull(sessions().begin(account, Browser.UNKNOWN, Confirmation.UNKNOWN, null).block());
		UUID id = access(first);
		List<Object> events = new ArrayList<>();
		Token second = confirmed(account, id, events);
		assertThat(sessions().find(first).block()).isNull();
		assertThat(access(second)).isEqualTo(id);
		assertThat(events).doesNotHaveAnyElementsOfTypes(AccessEnded.class);
	}

	@Test
	void aSessionThatIsConfirmedInTwoTabsStaysOneSession() {
		Account account = join("Nora", Role.USER);
		UUID id = access(
				Objects.requireNonNull(sessions().begin(account, Browser.UNKNOWN, Confirmation.UNKNOWN, null).block()));
		Token second = confirmed(account, id, new ArrayList<>());
		Token third = confirmed(account, id, new ArrayList<>());
		assertThat(sessions().find(second).block()).isNull();
		assertThat(access(third)).isEqualTo(id);
		assertThat(sessions().list(account.id()).count().block()).isEqualTo(1);
	}

	@Test
	void aConfirmationOfASessionThatHasEndedBeginsAnotherOne() {
		Account account = join("Nils", Role.USER);
		UUID id = access(
				Objects.requireNonNull(sessions().begin(account, Browser.UNKNOWN, Confirmation.UNKNOWN, null).block()));
		sessions().end(account, id).block();
		assertThat(access(confirmed(account, id, new ArrayList<>()))).isNotEqualTo(id);
	}

	@Test
	void aSessionOfAnotherAccountIsNotReplaced() {
		Token other = Objects.requireNonNull(
				sessions().begin(join("Nadja", Role.USER), Browser.UNKNOWN, Confirmation.UNKNOWN, null).block());
		UUID id = access(other);
		assertThat(access(confirmed(join("Niko", Role.USER), id, new ArrayList<>()))).isNotEqualTo(id);
		assertThat(access(other)).isEqualTo(id);
	}

	@Test
	void aPersonWhoIsLetInAgainHasNeitherSessionsNorKeysFromBefore() {
		Account account = join("Vera", Role.USER);
		Token session = Objects
			.requireNonNull(sessions().begin(account, Browser.UNKNOWN, Confirmation.UNKNOWN, null).block());
		AccessKeys keys = bean(AccessKeys.class);
		Token key = Objects.requireNonNull(keys.create(account.id(), "Script", Set.of(Scope.READ), 1).block());
		assertThat(keys.find(key).block()).isNotNull();
		bean(Accounts.class).disable(admin, account.id(), true).block();
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> keys.create(account.id(), "Late", Set.of(Scope.READ), 1).block());
		bean(Accounts.class).disable(admin, account.id(), false).block();
		assertThat(sessions().find(session).block()).isNull();
		assertThat(keys.find(key).block()).isNull();
	}

	@Test
	void ofTwoNewPasswordsAtOnceOnlyOneReplacesTheOldOne() {
		Account account = join("Kurt", Role.USER);
		Accounts accounts = bean(Accounts.class);
		List<String> chosen = Objects.requireNonNull(Flux.just("one more long sentence", "another long sentence")
			.flatMap((next) -> accounts.changePassword(account.id(), PASSWORD, next, null, Browser.UNKNOWN)
				.thenReturn(next)
				.onErrorResume(Refusal.class, (refusal) -> Mono.empty()))
			.collectList()
			.block());
		assertThat(chosen).hasSize(1);
		assertThat(accounts.signIn("Kurt", chosen.get(0)).block()).isNotNull();
	}

	/** Counts how often the library of an account is emptied. */
	private static final class CountingLibraries implements Libraries {

		private final AtomicInteger deletions = new AtomicInteger();

		@Override
		public Mono<Boolean> hasConversations(Visitor visitor) {
			return Mono.just(true);
		}

		@Override
		public Mono<Void> handOver(Visitor from, Visitor to) {
			return Mono.empty();
		}

		@Override
		public Mono<Void> deleteAll(Visitor visitor) {
			return Mono.fromRunnable(this.deletions::incrementAndGet);
		}

	}

	@Test
	void whatALateRequestOfADeletedAccountStoresIsDeletedToo() {
		Account account = join("Anna", Role.USER);
		CountingLibraries libraries = new CountingLibraries();
		try (AccountDeletion deletion = new AccountDeletion(bean(Database.class), bean(Accounts.class), sessions(),
				libraries, Duration.ofMillis(500))) {
			deletion.delete(admin, account.id()).block();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> libraries.deletions.get() == 3);
		}
	}

	private static void change(String sql) {
		bean(Database.class).inTransaction((client) -> client.sql(sql).then()).block();
	}

	private static BigDecimal spent(Visitor visitor, LocalDate day) {
		return Objects.requireNonNull(bean(Ledger.class).spent(visitor, day).block()).month();
	}

	private static Account admitted() {
		return Objects.requireNonNull(bean(Identities.class).admit("https://sign-in.example", "Mallory").block())
			.account();
	}

	@Test
	void anAccountWhoseDeletionFailsKeepsWhatItHasSpent() {
		Account account = admitted();
		Instant now = Instant.now();
		LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
		bean(Ledger.class)
			.add(new Expense(UUID.randomUUID(), account.visitor(), "acme/one", now, 1, 1, BigDecimal.ONE, Basis.PRICED))
			.block();
		change("create table holder (account_id uuid references account)");
		change("insert into holder values ('" + account.id() + "')");
		AccountDeletion deletion = bean(AccountDeletion.class);
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> deletion.delete(admin, account.id()).block());
		assertThat(spent(account.visitor(), day)).isEqualByComparingTo("1");
		change("drop table holder");
		deletion.delete(admin, account.id()).block();
		assertThat(spent(account.visitor(), day)).isZero();
		assertThat(spent(admitted().visitor(), day)).isEqualByComparingTo("1");
	}

}
