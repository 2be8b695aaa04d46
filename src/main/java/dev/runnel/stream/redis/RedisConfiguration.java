package dev.runnel.stream.redis;

import dev.runnel.stream.LostStreams;
import dev.runnel.stream.StreamSettings;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Shares the streams of this server, the ends of sign-ins and the counts of requests with
 * other servers if a Redis is configured.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(RedisUsed.class)
class RedisConfiguration {

	@Bean
	RedisNode redisNode(RedisSettings settings, StreamSettings streams, Environment environment,
			ObjectProvider<LostStreams> lost) {
		String url = settings.url();
		Assert.state(url != null, "this configuration needs a URL");
		if (!StringUtils.hasText(environment.getProperty("runnel.database-url"))) {
			throw new IllegalArgumentException("RUNNEL_REDIS_URL needs RUNNEL_DATABASE_URL: servers that share streams"
					+ " share a PostgreSQL database, and the embedded one belongs to one server");
		}
		return new RedisNode(RedisLink.open(url), settings.nodeTimeout(), streams, lost::getObject);
	}

	@Bean
	ReaderShutdown readerShutdown(RedisNode node) {
		return new ReaderShutdown(node);
	}

	@Bean
	SharedAccessEnds sharedAccessEnds(RedisNode node, ApplicationEventPublisher events) {
		return new SharedAccessEnds(node, events);
	}

	@Bean
	RedisRates redisRates(RedisNode node) {
		return new RedisRates(node.redis());
	}

	@Bean
	RedisHealth redisHealthIndicator(RedisNode node) {
		return new RedisHealth(node.heartbeat());
	}

}
