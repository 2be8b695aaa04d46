package dev.runnel.upstream;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Chooses between the model and the mock.
 */
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

	@Bean
	Answers answers(ModelEndpoint endpoint, LanguageModel model, StandIn standIn, UpstreamSettings settings) {
		boolean fallsBack = settings.fallback() == UpstreamSettings.Fallback.MOCK;
		return new ConfiguredAnswers(endpoint, model, standIn, fallsBack);
	}

}
