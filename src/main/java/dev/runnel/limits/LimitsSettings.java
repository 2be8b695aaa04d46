package dev.runnel.limits;

import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much visitors may ask for. An address is an IPv4 address or an IPv6 network of 64
 * bits. A request from this machine is not limited, unless a proxy sent it.
 *
 * @param loopback whether the limits also apply to requests from this machine; needed if
 * a proxy on this machine does not add X-Forwarded-For
 * @param questionsPerVisitor questions per minute from one visitor
 * @param questionsPerAddress questions per minute from one address
 * @param questionsInAll questions per minute from all visitors together
 * @param searchesPerAddress searches per minute from one address
 * @param searchesInAll searches per minute from all visitors together
 * @param transfersPerAddress imports and exports per minute from one address
 * @param transfersInAll imports and exports per minute from all visitors together
 * @param requestsPerAddress other requests per minute from one address
 * @param requestsInAll other requests per minute from all visitors together
 * @param tokensPerMinute tokens of the model per minute: prompts, answers and titles
 * together; 0 for any number
 * @param tokensPerDay tokens of the model per day, counted from the start; 0 for any
 * number
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
