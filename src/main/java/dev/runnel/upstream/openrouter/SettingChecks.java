package dev.runnel.upstream.openrouter;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Checks settings of a service. The messages do not show a value, because it may be a
 * key.
 */
final class SettingChecks {

	private static final int MAX_PORT = 65535;

	private SettingChecks() {
	}

	/**
	 * Checks a value that is sent in a header.
	 * @param setting the name of the setting
	 * @param value the value
	 * @return the value
	 * @throws IllegalArgumentException if no header may have it
	 */
	static String header(String setting, String value) {
		if (!value.chars().allMatch((c) -> c >= ' ' && c <= '~')) {
			throw new IllegalArgumentException(
					"%s has a character that no HTTP header may have; allowed is printable ASCII".formatted(setting));
		}
		return value;
	}

	/**
	 * Checks the address of an API.
	 * @param setting the name of the setting
	 * @param value the address
	 * @return the address without slashes at its end
	 * @throws IllegalArgumentException if it is none, or has more than scheme, host, port
	 * and path
	 */
	static String address(String setting, String value) {
		UriComponents uri = parsed(value);
		if (uri == null || !StringUtils.hasText(uri.getHost()) || uri.getScheme() == null
				|| !Set.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
			throw new IllegalArgumentException(
					setting + " is not an http or https URL, such as " + OpenRouterSettings.PUBLIC_API);
		}
		if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
			throw new IllegalArgumentException(setting + " has a user, query or fragment; "
					+ "allowed are scheme, host, port and path, such as " + OpenRouterSettings.PUBLIC_API);
		}
		return StringUtils.trimTrailingCharacter(value, '/');
	}

	/** Spring's parser is lenient, so Java's must accept the value too. */
	private static @Nullable UriComponents parsed(String value) {
		try {
			URI uri = new URI(value);
			UriComponents parts = UriComponentsBuilder.fromUriString(value).build();
			return (uri.isOpaque() || parts.getPort() > MAX_PORT) ? null : parts;
		}
		catch (URISyntaxException | IllegalArgumentException | IllegalStateException ex) {
			return null;
		}
	}

}
