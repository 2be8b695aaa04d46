package dev.runnel.web;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The parts of the server that filters distinguish. The patterns match paths exactly like
 * the patterns of handlers, so that another spelling of a path cannot bypass a filter.
 */
public final class Paths {

	private static final PathPattern API = PathPatternParser.defaultInstance.parse("/api/**");

	private static final PathPattern PAGE = PathPatternParser.defaultInstance.parse("/ai-demo/**");

	private static final PathPattern HEALTH = PathPatternParser.defaultInstance.parse("/actuator/health/**");

	private static final PathPattern METRICS = PathPatternParser.defaultInstance.parse("/actuator/prometheus");

	private static final List<PathPattern> ACCOUNT_PAGES = Stream
		.of("/sign-in/**", "/sign-out", "/registration", "/setup", "/invitation", "/password", "/account/**",
				"/admin/**")
		.map(PathPatternParser.defaultInstance::parse)
		.toList();

	private Paths() {
	}

	/**
	 * Returns whether a request calls the API.
	 * @param request any request
	 * @return true if so
	 */
	public static boolean isApi(ServerHttpRequest request) {
		return matches(API, request);
	}

	/**
	 * Returns whether a request asks for the page or comes from its form.
	 * @param request any request
	 * @return true if so
	 */
	public static boolean isPage(ServerHttpRequest request) {
		return matches(PAGE, request);
	}

	/**
	 * Returns whether a request asks for a page about accounts or comes from its form.
	 * These pages exist only if people sign in.
	 * @param request any request
	 * @return true if so
	 */
	public static boolean isAccountPage(ServerHttpRequest request) {
		return ACCOUNT_PAGES.stream().anyMatch((page) -> matches(page, request));
	}

	/**
	 * Returns whether a request is a health check.
	 * @param request any request
	 * @return true if so
	 */
	public static boolean isHealth(ServerHttpRequest request) {
		return matches(HEALTH, request);
	}

	/**
	 * Returns whether a request reads the metrics.
	 * @param request any request
	 * @return true if so
	 */
	public static boolean isMetrics(ServerHttpRequest request) {
		return matches(METRICS, request);
	}

	/**
	 * Returns whether a handler with this pattern would match a request.
	 * @param pattern the path pattern of a handler
	 * @param request any request
	 * @return true if so
	 */
	public static boolean matches(PathPattern pattern, ServerHttpRequest request) {
		return pattern.matches(request.getPath().pathWithinApplication());
	}

}
