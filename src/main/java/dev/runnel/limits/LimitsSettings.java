package dev.runnel.limits;

import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often and how much anyone may ask. An address is an IPv4 address or an IPv6 network
 * of 64 bits. A request from this machine itself is not limited, unless a proxy sent it.
 *
 * @param loopback whether the limits hold for requests from this machine too; needed
 * behind a proxy on it that adds no X-Forwarded-For
 * @param questionsPerVisitor how many questions a visitor may ask in a minute
 * @param questionsPerAddress how many questions may come from one address in a minute
 * @param questionsInAll how many questions all together may ask in a minute
 * @param searchesPerAddress how many searches may come from one address in a minute
 * @param searchesInAll how many searches may come from all together in a minute
 * @param transfersPerAddress how many imports and exports may come from one address in a
 * minute
 * @param transfersInAll how many imports and exports may come from all together in a
 * minute
 * @param requestsPerAddress how many other requests may come from one address in a minute
 * @param requestsInAll how many other requests may come from all together in a minute
 * @param tokensPerMinute how many tokens the model may take in a minute, prompts, answers
 * and titles together; 0 for any number
 * @param tokensPerDay how many tokens the model may take in a day, counted from the
 * start; 0 for any number
 */
@Validated
@ConfigurationProperties("runnel.limits")
record LimitsSettings(@DefaultValue("false") boolean loopback, @DefaultValue("30") @Min(1) int questionsPerVisitor,
		@DefaultValue("60") @Min(1) int questionsPerAddress, @DefaultValue("600") @Min(1) int questionsInAll,
		@DefaultValue("120") @Min(1) int searchesPerAddress, @DefaultValue("1200") @Min(1) int searchesInAll,
		@DefaultValue("30") @Min(1) int transfersPerAddress, @DefaultValue("120") @Min(1) int transfersInAll,
		@DefaultValue("1200") @Min(1) int requestsPerAddress, @DefaultValue("30000") @Min(1) int requestsInAll,
		@DefaultValue("300000") @Min(0) long tokensPerMinute, @DefaultValue("2000000") @Min(0) long tokensPerDay) {
}
