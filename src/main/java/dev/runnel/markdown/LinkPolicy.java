package dev.runnel.markdown;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Decides which destinations of links and images reach the page. It decides on the URL
 * that a browser would see. A browser drops tabs, line breaks and surrounding control
 * characters, ignores case, and reads a backslash as a slash (WHATWG URL, "basic URL
 * parser").
 */
final class LinkPolicy {

	private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel");

	private static final String UNESCAPED = ":/?#@!$&'()*+,;=-._~";

	private LinkPolicy() {
	}

	/**
	 * The percent-encoded value of {@code href}. The address of another host always has a
	 * scheme.
	 * @return the value; {@code null} if the scheme is not allowed
	 */
	static @Nullable String href(String destination) {
		String url = Placeholders.restore(destination);
		String scheme = scheme(asBrowserReads(url));
		boolean allowed = scheme == null || SCHEMES.contains(scheme);
		return allowed ? withScheme(percentEncode(url)) : null;
	}

	/**
	 * Adds the scheme to the address of another host that has none. A browser takes the
	 * scheme of the page: in an exported file that is opened from the disk, such an
	 * address would name a file of that host.
	 */
	private static String withScheme(String href) {
		return href.startsWith("//") ? "https:" + href : href;
	}

	private static String asBrowserReads(String destination) {
		StringBuilder read = new StringBuilder(destination.length());
		destination.codePoints().filter((c) -> !isIgnorable(c)).forEach(read::appendCodePoint);
		return read.toString().replace('\\', '/');
	}

	/**
	 * Whether a character is dropped before the decision. This drops more than a browser
	 * does: invisible characters must not decide.
	 */
	private static boolean isIgnorable(int c) {
		return Character.isISOControl(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
	}

	/**
	 * The text before the first colon, in lower case, if it can be a scheme, which starts
	 * with a letter; null otherwise.
	 */
	private static @Nullable String scheme(String url) {
		int end = 0;
		while (end < url.length() && isSchemeCharacter(url.charAt(end))) {
			end++;
		}
		boolean scheme = end > 0 && end < url.length() && url.charAt(end) == ':' && Character.isLetter(url.charAt(0));
		return scheme ? url.substring(0, end).toLowerCase(Locale.ROOT) : null;
	}

	private static boolean isSchemeCharacter(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "+-.".indexOf(c) >= 0;
	}

	/**
	 * Percent-encodes like the CommonMark examples. Existing escapes stay, and a stray
	 * percent sign becomes {@code %25}.
	 */
	private static String percentEncode(String url) {
		StringBuilder encoded = new StringBuilder(url.length());
		for (int i = 0; i < url.length(); i++) {
			char c = url.charAt(i);
			if (isUnescaped(c) || (c == '%' && isHex(url, i + 1) && isHex(url, i + 2))) {
				encoded.append(c);
			}
			else {
				int end = i + Character.charCount(url.codePointAt(i));
				appendEscaped(encoded, url.substring(i, end));
				i = end - 1;
			}
		}
		return encoded.toString();
	}

	private static boolean isUnescaped(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || UNESCAPED.indexOf(c) >= 0;
	}

	private static boolean isHex(String url, int index) {
		return index < url.length() && Character.digit(url.charAt(index), 16) >= 0 && url.charAt(index) < 128;
	}

	private static void appendEscaped(StringBuilder encoded, String character) {
		for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
			encoded.append('%');
			encoded.append(Character.toUpperCase(Character.forDigit((b >> 4) & 0xF, 16)));
			encoded.append(Character.toUpperCase(Character.forDigit(b & 0xF, 16)));
		}
	}

}
