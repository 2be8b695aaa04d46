package dev.runnel.limits;

import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much visitors may ask for. An address is an IPv4 address or an IPv6 network of 64
 * bits. A request from this machine is not limited, unless a proxy sent it.
 *
 * @param loopback whether the limits apply to requests from this machine too; needed
 * behind a proxy on this machine that adds no X-Forwarded-For
 * @param questionsPerVisitor the maximum number of questions in a minute from one visitor
 * @param questionsPerSignIn the maximum number of questions in a minute from one browser
 * in which somebody has signed in, or with one key
 * @param questionsPerAddress the maximum number of questions in a minute from one
 * address: an IPv4 address, or an IPv6 network of 64 bits
 * @param questionsInAll the maximum number of questions in a minute, from all visitors
 * together
 * @param searchesPerAddress the maximum number of searches in a minute from one address
 * @param searchesInAll the maximum number of searches in a minute, from all visitors
 * together
 * @param transfersPerAddress the maximum number of imports, exports and copies of a
 * branch in a minute from one address
 * @param transfersInAll the maximum number of imports, exports and copies of a branch in
 * a minute, from all visitors together
 * @param requestsPerAddress the maximum number of other requests in a minute from one
 * address
 * @param requestsInAll the maximum number of other requests in a minute, from all
 * visitors together
 * @param signInsPerAccount the maximum number of attempts to sign in in a minute for one
 * name, from everywhere together, this machine included
 * @param signInsPerAddress the maximum number of attempts to sign in, and of uses of a
 * link, in a minute from one address
 * @param signInsInAll the maximum number of attempts to sign in, and of uses of a link,
 * in a minute, from all together
 * @param tokensPerMinute the maximum number of tokens that the model may use in a minute,
 * for prompts, answers and titles together; 0 for no limit
 * @param tokensPerDay the maximum number of tokens that the model may use in a day,
 * counted from the server's start, or from the first use of a Redis that servers share; 0
 * for no limit
 */
@ConfigurationProperties("runnel.limits")
record LimitsSettings(@DefaultValue("false") boolean loopback, @DefaultValue("30") @Min(1) int questionsPerVisitor,
		@DefaultValue("30") @Min(1) int questionsPerSignIn, @DefaultValue("60") @Min(1) int questionsPerAddress,
		@DefaultValue("600") @Min(1) int questionsInAll, @DefaultValue("120") @Min(1) int searchesPerAddress,
		@DefaultValue("1200") @Min(1) int searchesInAll, @DefaultValue("30") @Min(1) int transfersPerAddress,
		@DefaultValue("120") @Min(1) int transfersInAll, @DefaultValue("1200") @Min(1) int requestsPerAddress,
		@DefaultValue("30000") @Min(1) int requestsInAll, @DefaultValue("10") @Min(1) int signInsPerAccount,
		@DefaultValue("20") @Min(1) int signInsPerAddress, @DefaultValue("300") @Min(1) int signInsInAll,
		@DefaultValue("300000") @Min(0) long tokensPerMinute, @DefaultValue("2000000") @Min(0) long tokensPerDay) {
}
