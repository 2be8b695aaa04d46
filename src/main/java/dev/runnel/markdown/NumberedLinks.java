package dev.runnel.markdown;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Turns numbers such as {@code [1]} in rendered text into links. Numbers in code, in
 * formulas and in links stay as they are. Link definitions in the Markdown do not work
 * for this: two numbers side by side, {@code [1][2]}, are one link in Markdown.
 */
final class NumberedLinks {

	/** A tag of the renderer, whose attributes contain no angle bracket, or a number. */
	private static final Pattern TOKEN = Pattern.compile("<(/?)([a-z][a-z0-9]*)([^>]*)>|\\[([1-9][0-9]{0,2})\\]");

	private static final String FORMULA = " class=\"math";

	private final String html;

	private final List<String> addresses;

	private final StringBuilder out = new StringBuilder();

	private int copied;

	/**
	 * The name of the open element in which numbers are no links; null if none is open.
	 */
	private @Nullable String inside;

	private NumberedLinks(String html, List<String> addresses) {
		this.html = html;
		this.addresses = addresses;
	}

	/**
	 * Adds the links.
	 * @param html HTML of the renderer
	 * @param addresses the addresses of the numbers, from 1 on
	 * @return the HTML with links
	 */
	static String in(String html, List<String> addresses) {
		return addresses.isEmpty() ? html : new NumberedLinks(html, addresses).linked();
	}

	private String linked() {
		Matcher token = TOKEN.matcher(this.html);
		while (token.find()) {
			if (token.group(4) == null) {
				pass(token);
			}
			else if (this.inside == null) {
				link(token, Integer.parseInt(token.group(4)));
			}
		}
		return this.out.append(this.html, this.copied, this.html.length()).toString();
	}

	private void pass(Matcher tag) {
		String name = tag.group(2);
		boolean opens = tag.group(1).isEmpty();
		if (opens && this.inside == null && isExcluded(name, tag.group(3))) {
			this.inside = name;
		}
		else if (!opens && name.equals(this.inside)) {
			this.inside = null;
		}
	}

	private static boolean isExcluded(String name, String attributes) {
		return switch (name) {
			case "a", "code", "pre" -> true;
			case "span", "div" -> attributes.startsWith(FORMULA);
			default -> false;
		};
	}

	private void link(Matcher number, int value) {
		String href = (value <= this.addresses.size()) ? LinkPolicy.href(this.addresses.get(value - 1)) : null;
		if (href == null) {
			return;
		}
		this.out.append(this.html, this.copied, number.start()).append("<a class=\"citation\" href=\"");
		Escape.append(this.out, href);
		this.out.append("\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">")
			.append(number.group())
			.append("</a>");
		this.copied = number.end();
	}

}
