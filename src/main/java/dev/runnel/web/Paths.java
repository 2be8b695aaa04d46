package dev.runnel.web;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The parts of the server that filters tell apart. They match paths as handlers are found
 * by them, so that nobody gets past a filter by writing a path in another way.
 */
public final class Paths {

	private static final PathPattern API = PathPatternParser.defaultInstance.parse("/api/**");

	private static final PathPattern PAGE = PathPatternParser.defaultInstance.parse("/ai-demo/**");

	private static final PathPattern HEALTH = PathPatternParser.defaultInstance.parse("/actuator/health");

	private Paths() {
	}

	/**
	 * Whether a request is a call of the API.
	 * @param request any request
	 * @return true if so
	 */
	public static boolean isApi(ServerHttpRequest request) {
		return matches(API, request);
	}

	/**
	 * Whether a request asks for the page, or comes from its form.
	 * @param request any request
	 * @return true if so
	 */
	public static boolean isPage(ServerHttpRequest request) {
		return matches(PAGE, request);
	}

	/**
	 * Whether a request asks how the server is.
	 * @param request any request
	 * @return true if so
	 */
	public static boolean isHealth(ServerHttpRequest request) {
		return matches(HEALTH, request);
	}

	/**
	 * Whether a handler with this pattern would be found for a request.
	 * @param pattern the path of a handler
	 * @param request any request
	 * @return true if so
	 */
	public static boolean matches(PathPattern pattern, ServerHttpRequest request) {
		return pattern.matches(request.getPath().pathWithinApplication());
	}

}
