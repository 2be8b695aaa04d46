package dev.runnel.security;

import java.time.Duration;
import java.util.List;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * How the server recognises visitors, and which hosts and proxies it trusts.
 *
 * @param secret the secret that signs the visitors' cookies, at least 32 characters, in
 * place of the file; the same for all servers that share a database
 * @param secretFile the file with the secret that signs the visitors' cookies; created at
 * the first start. Not set: visitor-secret in the data directory. Empty, or without a
 * data directory: each start makes a new secret and recognises no earlier visitor
 * @param hosts the host names by which browsers reach the server, besides IP addresses
 * and localhost; * for any, if a proxy in front checks them. A request for another host
 * gets 421
 * @param trustedProxies the addresses and networks of the proxies in front, such as
 * 127.0.0.1, 10.0.0.0/8; only their X-Forwarded-For, -Proto, -Host and -Port count.
 * Empty: no proxy is trusted
 * @param visitorAge how long a browser is remembered after its last visit
 */
@ConfigurationProperties("runnel.security")
record SecuritySettings(@Nullable String secret, @Nullable String secretFile, @DefaultValue List<String> hosts,
		@DefaultValue List<String> trustedProxies, @DefaultValue("365d") @DurationMin(days = 1) Duration visitorAge) {

	private static final int MIN_CHARS = 32;

	SecuritySettings {
		if (StringUtils.hasText(secret) && secret.length() < MIN_CHARS) {
			throw new IllegalArgumentException(
					"runnel.security.secret must have at least " + MIN_CHARS + " characters, all of them random");
		}
	}

	/** The secret is omitted. */
	@Override
	public String toString() {
		return "SecuritySettings[hosts=" + this.hosts + ", trustedProxies=" + this.trustedProxies + "]";
	}

}
