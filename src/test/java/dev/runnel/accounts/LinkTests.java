package dev.runnel.accounts;

import java.util.Objects;
import java.util.UUID;

import dev.runnel.page.RunningRunnel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Links close when those who may have them lose the right to use them.
 */
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

}
