package dev.runnel.limits;

import io.github.bucket4j.TimeMeter;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Provides the limits.
 */
@Configuration(proxyBeanMethods = false)
class LimitsConfiguration {

	@Bean
	TimeMeter limitsClock() {
		return TimeMeter.SYSTEM_NANOTIME;
	}

	@Bean
	Refusals refusals() {
		return new Refusals();
	}

	@Bean
	Requests requests(LimitsSettings settings, TimeMeter clock, Refusals refusals) {
		return new Requests(settings, clock, refusals);
	}

	@Bean
	LimitFilter limitFilter(LimitsSettings settings, Requests requests) {
		return new LimitFilter(settings, requests);
	}

	@Bean
	Admission admission(LimitsSettings settings, Requests requests, TimeMeter clock, Refusals refusals) {
		return new CountedAdmission(requests, new TokenBudget(settings, clock, refusals));
	}

}
