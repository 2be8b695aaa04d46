package dev.runnel.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import dev.runnel.conversation.store.Database;
import dev.runnel.page.RunningRunnel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Sessions, keys and links end, by a clock that stands where the test wants it.
 */
@Timeout(60)
class ExpiryTests {

	private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	private static final AccountsSettings SETTINGS = new AccountsSettings(true, false, Duration.ofDays(30),
			Duration.ofDays(7), Duration.ofMinutes(10), Duration.ofDays(3), Duration.ofDays(365));

	private static RunningRunnel runnel;

	@BeforeAll
	static void start() {
		runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts");
	}

	@AfterAll
	static void stop() {
		runnel.close();
	}

	private static <T> T bean(Class<T> type) {
		return runnel.context().getBean(type);
	}

	private static Clock at(Duration later) {
		return Clock.fixed(NOW.plus(later), ZoneOffset.UTC);
	}

	private static Sessions sessions(Duration later) {
		return new Sessions(bean(Database.class), SETTINGS, (event) -> {
		}, at(later));
	}

	private static AccessKeys keys(Duration later) {
		return new AccessKeys(bean(Database.class), (event) -> {
		}, at(later));
	}

	private static Links links(Duration later) {
		return new Links(bean(Database.class), bean(Passwords.class), sessions(later), SETTINGS.invitationAge(),
				at(later));
	}

	private static Account account(String subject) {
		return Objects.requireNonNull(bean(Identities.class).admit("test", subject).block()).account();
	}

	private static UUID admin() {
		Identity admin = new Identity("test", "admin", "Admin", Role.ADMIN);
		return Objects.requireNonNull(bean(Identities.class).signIn(admin).block()).id();
	}

	@Test
	void aSessionEndsWhenItIsNotUsed() {
		Token token = Objects.requireNonNull(
				sessions(Duration.ZERO).begin(account("idle"), Browser.UNKNOWN, Confirmation.UNKNOWN, null).block());
		assertThat(sessions(Duration.ofDays(7).minusSeconds(1)).find(token).block()).isNotNull();
		assertThat(sessions(Duration.ofDays(15)).find(token).block()).isNull();
	}

	@Test
	void aSessionThatIsUsedEndsAtItsAge() {
		Token token = Objects.requireNonNull(
				sessions(Duration.ZERO).begin(account("busy"), Browser.UNKNOWN, Confirmation.UNKNOWN, null).block());
		for (int day = 5; day < 30; day += 5) {
			assertThat(sessions(Duration.ofDays(day)).find(token).block()).as("day %s", day).isNotNull();
		}
		assertThat(sessions(Duration.ofDays(30)).find(token).block()).isNull();
	}

	@Test
	void aServerWhoseClockIsBehindKnowsTheSessionsOfOthers() {
		Token token = Objects.requireNonNull(
				sessions(Duration.ofMinutes(10)).begin(account("clock"), Browser.UNKNOWN, Confirmation.UNKNOWN, null)
					.block());
		assertThat(sessions(Duration.ZERO).find(token).block()).isNotNull();
		assertThat(sessions(Duration.ofDays(7)).find(token).block()).isNotNull();
	}

	@Test
	void aSessionBelongsToItsToken() {
		Token token = Objects.requireNonNull(
				sessions(Duration.ZERO).begin(account("token"), Browser.UNKNOWN, Confirmation.UNKNOWN, null).block());
		assertThat(sessions(Duration.ZERO).find(new Token(token.hash())).block()).isNull();
		assertThat(sessions(Duration.ZERO).find(new Token("")).block()).isNull();
	}

	@Test
	void aKeyEndsAfterItsDays() {
		Account account = account("key");
		Token key = Objects
			.requireNonNull(keys(Duration.ZERO).create(account.id(), "Script", Set.of(Scope.READ), 2).block());
		assertThat(keys(Duration.ofHours(47)).find(key).block()).isNotNull();
		assertThat(keys(Duration.ofHours(48)).find(key).block()).isNull();
	}

	@Test
	void aKeyNeedsANameAScopeAndSomeDays() {
		Account account = account("refused");
		for (int days : new int[] { 0, -1, 367 }) {
			assertThatExceptionOfType(Refusal.class)
				.isThrownBy(() -> keys(Duration.ZERO).create(account.id(), "Script", Set.of(Scope.ASK), days).block());
		}
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> keys(Duration.ZERO).create(account.id(), "Script", Set.of(), 1).block());
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> keys(Duration.ZERO).create(account.id(), " ", Set.of(Scope.ASK), 1).block());
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> keys(Duration.ZERO).create(account.id(), "a\u0000b", Set.of(Scope.ASK), 1).block());
	}

	@Test
	void anAccountHasAtMostFiftyKeys() {
		Account account = account("keys");
		for (int i = 0; i < 50; i++) {
			keys(Duration.ZERO).create(account.id(), "Script " + i, Set.of(Scope.ASK), 1).block();
		}
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> keys(Duration.ZERO).create(account.id(), "Script", Set.of(Scope.ASK), 1).block())
			.returns(Refusal.Reason.TOO_MANY_KEYS, Refusal::reason);
	}

	@Test
	void anInvitationEnds() {
		Token link = Objects.requireNonNull(links(Duration.ZERO).invite(Role.USER).block());
		Links later = links(Duration.ofDays(3));
		assertThat(links(Duration.ofDays(3).minusSeconds(1)).isOpen(LinkPurpose.INVITATION, link).block()).isTrue();
		assertThat(later.isOpen(LinkPurpose.INVITATION, link).block()).isFalse();
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> later.join(LinkPurpose.INVITATION, link, "Late", "a long enough sentence").block())
			.returns(Refusal.Reason.LINK, Refusal::reason);
	}

	private static AuditLog audit(Duration later) {
		return new AuditLog(bean(Database.class), SETTINGS.auditRetention(), at(later));
	}

	private static void happens(Duration later, String actor) {
		audit(later).happened(new Audited(Audited.Action.KEY, actor, ""));
		await().atMost(Duration.ofSeconds(20)).until(() -> actors().contains(actor));
	}

	private static List<String> actors() {
		return Objects
			.requireNonNull(audit(Duration.ZERO).last(200).map((entry) -> entry.event().actor()).collectList().block());
	}

	@Test
	void anEntryOfTheAuditLogEnds() {
		happens(Duration.ZERO, "first");
		happens(Duration.ofDays(365).minusSeconds(1), "second");
		assertThat(actors()).contains("first");
		happens(Duration.ofDays(365), "third");
		assertThat(actors()).contains("second").doesNotContain("first");
	}

	@Test
	void aLinkWorksOnlyForItsPurpose() {
		Links links = links(Duration.ZERO);
		Token link = Objects.requireNonNull(links.invite(Role.USER).block());
		assertThat(links.isOpen(LinkPurpose.SETUP, link).block()).isFalse();
		assertThat(links.isOpen(LinkPurpose.PASSWORD, link).block()).isFalse();
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> links.changePassword(link, "a long enough sentence").block());
	}

	@Test
	void theNameIsNoPasswordWhereverItIsChosen() {
		Links links = links(Duration.ZERO);
		Token invitation = Objects.requireNonNull(links.invite(Role.USER).block());
		Account account = Objects.requireNonNull(
				links.join(LinkPurpose.INVITATION, invitation, "Somebody Else", "a long enough sentence").block());
		Token link = Objects.requireNonNull(links.newPassword(admin(), account.id()).block());
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> links.changePassword(link, "SOMEBODY else").block())
			.returns(Refusal.Reason.PASSWORD, Refusal::reason);
		links.changePassword(link, "another long sentence").block();
		assertThat(bean(Accounts.class).signIn("somebody else", "another long sentence").block()).isNotNull();
	}

	@Test
	void thePersonOfAnIssuerIsTheSameEachTimeAndNobodyOfAnother() {
		Account one = account("same");
		assertThat(account("same")).isEqualTo(one);
		assertThat(account("Same").id()).isNotEqualTo(one.id());
		assertThat(Objects.requireNonNull(bean(Identities.class).admit("other", "same").block()).account().id())
			.isNotEqualTo(one.id());
		assertThat(bean(Accounts.class).signIn("same", "").block()).isNull();
		assertThat(bean(Identities.class).admit("test", "x".repeat(401)).block()).isNull();
	}

}
