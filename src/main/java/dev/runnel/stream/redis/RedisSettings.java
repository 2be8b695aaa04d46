package dev.runnel.stream.redis;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * The Redis through which several servers share their streams.
 *
 * @param url a Redis 7 or Valkey through which several servers share their running
 * streams: redis://user:password@host:port/number, or rediss:// for TLS. Needs
 * RUNNEL_DATABASE_URL. Not set: the streams of a server can be read only there
 * @param nodeTimeout how long a server may give no sign of life before another one ends
 * its streams
 */
@ConfigurationProperties("runnel.redis")
record RedisSettings(@Nullable String url, @DefaultValue("2s") @DurationMin(seconds = 1) Duration nodeTimeout) {

	RedisSettings {
		if (StringUtils.hasText(url) && !url.matches("rediss?://[^/?]+.*")) {
			throw new IllegalArgumentException(
					"runnel.redis.url must be an address such as redis://user:password@host:6379");
		}
	}

	/** The address is omitted because it may contain a password. */
	@Override
	public String toString() {
		return "RedisSettings[used=" + StringUtils.hasText(this.url) + "]";
	}

}
