package dev.runnel.limits;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

import dev.runnel.web.Paths;
import dev.runnel.web.Reason;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The kind of a request, by its main cost. Each kind has its own limits.
 */
enum RequestKind {

	/** Asks the model. */
	QUESTION("questions", Reason.TOO_MANY_QUESTIONS, LimitsSettings::questionsPerAddress,
			LimitsSettings::questionsInAll, "/api/chat", "/api/chat/stream", "/ai-demo"),

	/** Transfers or copies whole conversations, which costs disk, memory and CPU. */
	TRANSFER("imports and exports", Reason.TOO_MANY_TRANSFERS, LimitsSettings::transfersPerAddress,
			LimitsSettings::transfersInAll, "/api/conversations/import", "/api/conversations/export",
			"/api/conversations/*/export"),

	/** Searches all conversations of a visitor. */
	SEARCH("searches", Reason.TOO_MANY_SEARCHES, LimitsSettings::searchesPerAddress, LimitsSettings::searchesInAll),

	/** Tries a password or a link, or brings an answer of a provider. */
	SIGN_IN("attempts to sign in", Reason.TOO_MANY_SIGN_INS, LimitsSettings::signInsPerAddress,
			LimitsSettings::signInsInAll, "/sign-in", "/setup", "/invitation", "/password", "/registration"),

	/**
	 * Asks whether the server is healthy. Such requests are not counted in all, so that
	 * nobody can make the server look unhealthy to others.
	 */
	HEALTH("health checks", Reason.TOO_MANY_REQUESTS, LimitsSettings::requestsPerAddress,
			LimitsSettings::requestsInAll),

	/** Any other request. */
	OTHER("requests", Reason.TOO_MANY_REQUESTS, LimitsSettings::requestsPerAddress, LimitsSettings::requestsInAll);

	private static final PathPattern BRANCHES = PathPatternParser.defaultInstance
		.parse("/api/conversations/*/branches");

	private static final PathPattern FILES = PathPatternParser.defaultInstance.parse("/api/files");

	/**
	 * An identity provider sends a browser there with GET. Each answer to a sign-in costs
	 * calls to the provider.
	 */
	private static final PathPattern ANSWER_OF_PROVIDER = PathPatternParser.defaultInstance
		.parse("/sign-in/{provider}/answer");

	private final String noun;

	private final Reason reason;

	private final ToIntFunction<LimitsSettings> perAddress;

	private final ToIntFunction<LimitsSettings> inAll;

	private final List<PathPattern> paths;

	RequestKind(String noun, Reason reason, ToIntFunction<LimitsSettings> perAddress,
			ToIntFunction<LimitsSettings> inAll, String... paths) {
		this.noun = noun;
		this.reason = reason;
		this.perAddress = perAddress;
		this.inAll = inAll;
		this.paths = Stream.of(paths).map(PathPatternParser.defaultInstance::parse).toList();
	}

	/**
	 * Returns whether the body goes to a file piece by piece, so that it takes no memory.
	 * @param request the request
	 * @return true for an import, and for a file that is attached
	 */
	static boolean isUpload(ServerHttpRequest request) {
		return TRANSFER.isAt(request) || Paths.matches(FILES, request);
	}

	static RequestKind of(ServerHttpRequest request) {
		if (request.getMethod() == HttpMethod.POST && QUESTION.isAt(request)) {
			return QUESTION;
		}
		if (isSignIn(request)) {
			return SIGN_IN;
		}
		if (Paths.isHealth(request)) {
			return HEALTH;
		}
		if (TRANSFER.isAt(request) || Paths.matches(BRANCHES, request)) {
			return TRANSFER;
		}
		return request.getQueryParams().containsKey("query") ? SEARCH : OTHER;
	}

	private static boolean isSignIn(ServerHttpRequest request) {
		return (request.getMethod() == HttpMethod.POST && SIGN_IN.isAt(request)) || isAnswerOfProvider(request);
	}

	/** After a sign-out, a browser comes back to the same path without a code. */
	private static boolean isAnswerOfProvider(ServerHttpRequest request) {
		MultiValueMap<String, String> query = request.getQueryParams();
		return Paths.matches(ANSWER_OF_PROVIDER, request) && (query.containsKey("code") || query.containsKey("error"));
	}

	private boolean isAt(ServerHttpRequest request) {
		for (PathPattern path : this.paths) {
			if (Paths.matches(path, request)) {
				return true;
			}
		}
		return false;
	}

	String noun() {
		return this.noun;
	}

	Reason reason() {
		return this.reason;
	}

	int perAddress(LimitsSettings settings) {
		return this.perAddress.applyAsInt(settings);
	}

	int inAll(LimitsSettings settings) {
		return this.inAll.applyAsInt(settings);
	}

}
