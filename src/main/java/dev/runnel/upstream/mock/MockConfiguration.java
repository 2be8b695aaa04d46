package dev.runnel.upstream.mock;

import dev.runnel.upstream.StandIn;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Creates the mock.
 */
@Configuration(proxyBeanMethods = false)
class MockConfiguration {

	@Bean
	StandIn mockModel(MockSettings settings) {
		return new MockModel(settings);
	}

}
