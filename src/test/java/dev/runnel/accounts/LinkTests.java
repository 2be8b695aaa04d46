package dev.runnel.accounts;

import java.util.Objects;
import java.util.UUID;

import dev.runnel.page.RunningRunnel;
import dev.runnel.web.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Links close when those who may have them lose the right to use them.
 */
@Tag("one-jdk")
@Timeout(120)
class LinkTests {

	private static final String PASSWORD = "a long enough sentence";

	private RunningRunnel runnel;

	@BeforeEach
	void start() {
		this.runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts");
	}

	@AfterEach
	void stop() {
		this.runnel.close();
	}

	private Accounts accounts() {
		return this.runnel.context().getBean(Accounts.class);
	}

	private Links links() {
		return this.runnel.context().getBean(Links.class);
	}

	private UUID join(String name, Role role) {
		Token invitation = Objects.requireNonNull(links().invite(role).block());
		return Objects.requireNonNull(links().join(LinkPurpose.INVITATION, invitation, name, PASSWORD).block()).id();
	}

	/** Signs somebody in by a provider, which gives the role. */
	private UUID provided(String subject, Role role) {
		Identities identities = this.runnel.context().getBean(Identities.class);
		return Objects.requireNonNull(identities.signIn(new Identity("test", subject, subject, role)).block()).id();
	}

	@Test
	void anAdminWhoIsLockedOutLeavesTheLinkToTheFirstAdminOpen() {
		UUID demoted = provided("demoted", Role.ADMIN);
		UUID lockedOut = join("Locked out", Role.ADMIN);
		assertThat(links().setup().block()).isNull();
		accounts().disable(demoted, lockedOut, true).block();
		assertThat(links().setup().block()).isNull();
		provided("demoted", Role.USER);
		Token link = Objects.requireNonNull(links().setup().block());
		assertThat(links().join(LinkPurpose.SETUP, link, "New", PASSWORD).block()).isNotNull();
		assertThat(links().setup().block()).isNull();
	}

	private boolean isOpen(LinkPurpose purpose, Token link) {
		return Boolean.TRUE.equals(links().isOpen(purpose, link).block());
	}

	@Test
	void onlyTheNewestLinkToAPasswordWorksAndNoneAfterAnotherPassword() {
		UUID admin = join("Ada", Role.ADMIN);
		UUID person = join("Bob", Role.USER);
		Token first = Objects.requireNonNull(links().newPassword(admin, person).block());
		Token second = Objects.requireNonNull(links().newPassword(admin, person).block());
		assertThat(isOpen(LinkPurpose.PASSWORD, first)).isFalse();
		assertThat(isOpen(LinkPurpose.PASSWORD, second)).isTrue();
		accounts().changePassword(person, PASSWORD, "another long sentence", null, Browser.UNKNOWN).block();
		assertThat(isOpen(LinkPurpose.PASSWORD, second)).isFalse();
	}

	@Test
	void aPersonWhoIsLockedOutHasNoLinkToAPasswordLeft() {
		UUID admin = join("Ada", Role.ADMIN);
		UUID person = join("Bob", Role.USER);
		Token password = Objects.requireNonNull(links().newPassword(admin, person).block());
		Token invitation = Objects.requireNonNull(links().invite(admin, Role.USER).block());
		accounts().disable(admin, person, true).block();
		assertThat(isOpen(LinkPurpose.PASSWORD, password)).isFalse();
		assertThat(isOpen(LinkPurpose.INVITATION, invitation)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "demoted", "locked out", "deleted" })
	void anAdminWhoIsNoneAnyMoreHasNoLinkLeft(String how) {
		UUID admin = join("Ada", Role.ADMIN);
		UUID former = join("Eve", Role.ADMIN);
		Token invitation = Objects.requireNonNull(links().invite(former, Role.ADMIN).block());
		Token password = Objects.requireNonNull(links().newPassword(former, admin).block());
		switch (how) {
			case "demoted" -> accounts().changeRole(admin, former, Role.USER).block();
			case "locked out" -> accounts().disable(admin, former, true).block();
			default -> this.runnel.context().getBean(AccountDeletion.class).delete(admin, former).block();
		}
		assertThat(isOpen(LinkPurpose.INVITATION, invitation)).isFalse();
		assertThat(isOpen(LinkPurpose.PASSWORD, password)).isFalse();
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> links().invite(former, Role.ADMIN).block())
			.returns("forbidden", ProblemException::code);
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> links().newPassword(former, admin).block());
	}

	@Test
	void anAdminWhomTheProviderDemotesHasNoLinkLeft() {
		UUID former = provided("former", Role.ADMIN);
		Token invitation = Objects.requireNonNull(links().invite(former, Role.ADMIN).block());
		provided("former", Role.USER);
		assertThat(isOpen(LinkPurpose.INVITATION, invitation)).isFalse();
	}

}
