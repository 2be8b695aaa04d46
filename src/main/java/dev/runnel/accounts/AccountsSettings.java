package dev.runnel.accounts;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether accounts have passwords here, and how long a sign-in, a link and an entry of
 * the audit log last, if people sign in.
 *
 * @param passwords whether people can sign in by a name and a password of this server. If
 * not, only the OpenID Connect provider or the proxy in front signs people in
 * @param registration whether everybody who reaches the server may create an account with
 * the role of a user, without an invitation; needs passwords
 * @param sessionAge how long a sign-in lasts at most
 * @param sessionIdle how long a sign-in lasts without being used
 * @param recentSignIn how long a sign-in counts as recent; an older one has to be
 * confirmed before keys are created, sessions end or accounts change. With 0 every
 * sign-in is recent, for providers that do not say when somebody signed in
 * @param invitationAge how long an invitation and a link to a new password can be used
 * @param auditRetention how long the database keeps an entry of the audit log
 */
@ConfigurationProperties("runnel.accounts")
record AccountsSettings(@DefaultValue("true") boolean passwords, @DefaultValue("false") boolean registration,
		@DefaultValue("30d") @DurationMin(minutes = 1) Duration sessionAge,
		@DefaultValue("7d") @DurationMin(minutes = 1) Duration sessionIdle,
		@DefaultValue("10m") @DurationMin Duration recentSignIn,
		@DefaultValue("3d") @DurationMin(minutes = 1) Duration invitationAge,
		@DefaultValue("365d") @DurationMin(days = 1) Duration auditRetention) {
}
