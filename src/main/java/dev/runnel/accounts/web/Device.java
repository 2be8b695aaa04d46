package dev.runnel.accounts.web;

import java.util.List;

/**
 * The short name of a browser and its system, for the common ones.
 *
 * @param browser the name of the browser, or all that the browser calls itself
 * @param system the name of the operating system; empty for a browser that is not common
 */
record Device(String browser, String system) {

	/** The first that matches counts, because browsers also name those they resemble. */
	private static final List<Mark> BROWSERS = List.of(new Mark("Edg", "Edge"), new Mark("OPR/", "Opera"),
			new Mark("SamsungBrowser/", "Samsung Internet"), new Mark("Firefox/", "Firefox"),
			new Mark("FxiOS/", "Firefox"), new Mark("Chrome/", "Chrome"), new Mark("CriOS/", "Chrome"),
			new Mark("Safari/", "Safari"));

	private static final List<Mark> SYSTEMS = List.of(new Mark("Windows", "Windows"), new Mark("Android", "Android"),
			new Mark("iPhone", "iOS"), new Mark("iPad", "iPadOS"), new Mark("Mac OS X", "macOS"),
			new Mark("CrOS", "ChromeOS"), new Mark("Linux", "Linux"));

	/**
	 * Names a browser.
	 * @param agent what the browser calls itself
	 * @return the short names, or the whole text if one of them is unknown
	 */
	static Device of(String agent) {
		String browser = first(BROWSERS, agent);
		String system = first(SYSTEMS, agent);
		return (browser.isEmpty() || system.isEmpty()) ? new Device(agent, "") : new Device(browser, system);
	}

	private static String first(List<Mark> marks, String agent) {
		return marks.stream().filter((mark) -> agent.contains(mark.part())).map(Mark::name).findFirst().orElse("");
	}

	private record Mark(String part, String name) {
	}

}
