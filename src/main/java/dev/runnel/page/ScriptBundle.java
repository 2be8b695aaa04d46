package dev.runnel.page;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.util.StringUtils;

/**
 * Bundles the modules that the page starts with into one script, so that a browser sends
 * one request instead of a chain of requests. The exports of each module become an object
 * with a number for a name, from which later modules take their imports.
 * <p>
 * This is not a compiler. It supports the few forms of import and export that the page's
 * modules use, and rejects all others.
 */
final class ScriptBundle {

	private static final Pattern IMPORT = Pattern.compile("^import (\\{[^}]*}|\\* as \\w+|\\w+) from '([^']+)';\\n",
			Pattern.MULTILINE);

	private static final Pattern EXPORT = Pattern.compile("^export (?=(?:async )?(?:function\\*?|class|const) (\\w+))",
			Pattern.MULTILINE);

	private static final Pattern OTHER_FORM = Pattern.compile("^(?:import|export)\\b(?! ?\\().*$", Pattern.MULTILINE);

	private static final Pattern COMMENT = Pattern.compile("^[ \\t]*(?:/\\*\\*.*?\\*/|//[^\\n]*)\\n",
			Pattern.MULTILINE | Pattern.DOTALL);

	/**
	 * Indentation and empty lines. Removing them is safe, because no string of a module
	 * spans two lines.
	 */
	private static final Pattern MARGIN = Pattern.compile("^(?:\\t+|\\n)", Pattern.MULTILINE);

	private final Map<String, String> modules;

	private final String entry;

	private final Map<String, String> bundled = new LinkedHashMap<>();

	private final Map<String, String> variables = new HashMap<>();

	private final Set<String> libraries = new LinkedHashSet<>();

	private ScriptBundle(Map<String, String> modules, String entry) {
		this.modules = modules;
		this.entry = entry;
	}

	/**
	 * Bundles the entry module and all its imports into one script, which replaces the
	 * entry. The other modules stay separate files, to be loaded on demand. They import
	 * shared modules from that script, so that no module is loaded twice.
	 * @param modules the text of each module, by its path below the folder of all modules
	 * @param entry the file of the module that starts the page, in that folder
	 * @return the text of each file to serve, by its path
	 */
	static Map<String, String> of(Map<String, String> modules, String entry) {
		ScriptBundle bundle = new ScriptBundle(modules, entry);
		bundle.add(entry, Set.of());
		Map<String, String> files = new LinkedHashMap<>();
		files.put(entry, bundle.text());
		modules.keySet()
			.stream()
			.filter((name) -> !bundle.bundled.containsKey(name))
			.forEach((name) -> files.put(name, bundle.apart(name)));
		return files;
	}

	private void add(String name, Set<String> above) {
		if (this.bundled.containsKey(name)) {
			return;
		}
		Set<String> path = new LinkedHashSet<>(above);
		if (!path.add(name)) {
			throw new IllegalStateException("Modules import each other in a circle: " + path + " and " + name);
		}
		String text = text(name);
		IMPORT.matcher(text)
			.results()
			.map((found) -> resolve(name, found))
			.filter(ScriptBundle::isModule)
			.forEach((from) -> add(from, path));
		this.bundled.put(name, wrapped(name, text));
	}

	private String text(String name) {
		String text = this.modules.get(name);
		if (text == null) {
			throw new IllegalStateException("There is no module " + name);
		}
		return MARGIN.matcher(COMMENT.matcher(text).replaceAll("")).replaceAll("");
	}

	private String wrapped(String name, String text) {
		String body = IMPORT.matcher(text).replaceAll((found) -> Matcher.quoteReplacement(importWithin(name, found)));
		String exports = EXPORT.matcher(body)
			.results()
			.map((found) -> found.group(1))
			.collect(Collectors.joining(", "));
		body = EXPORT.matcher(body).replaceAll("");
		refuseOtherForms(name, body);
		return "const " + variable(name) + " = (() => {\n" + body + "return { " + exports + " };\n})();\n";
	}

	/**
	 * Replaces an import in a bundled module. A library stays a separate file and is
	 * imported once.
	 */
	private String importWithin(String name, MatchResult found) {
		String from = resolve(name, found);
		if (!isModule(from)) {
			this.libraries.add("import %s from '%s';\n".formatted(found.group(1), from));
			return "";
		}
		return constant(found, from);
	}

	private static void refuseOtherForms(String name, String body) {
		Matcher other = OTHER_FORM.matcher(body);
		if (other.find()) {
			throw new IllegalStateException(
					"%s has a form of import or export that cannot be put together: %s".formatted(name, other.group()));
		}
	}

	private String text() {
		String variables = this.bundled.keySet().stream().map(this::variable).collect(Collectors.joining(", "));
		return String.join("", this.libraries) + String.join("", this.bundled.values()) + "export { " + variables
				+ " };\n";
	}

	private String apart(String name) {
		return IMPORT.matcher(text(name))
			.replaceAll((found) -> Matcher.quoteReplacement(importFromOutside(name, found)));
	}

	private String importFromOutside(String name, MatchResult found) {
		String from = resolve(name, found);
		if (!this.bundled.containsKey(from)) {
			return found.group();
		}
		int depth = StringUtils.countOccurrencesOf(name, "/");
		return "import { %s } from '%s%s';\n%s".formatted(variable(from), (depth > 0) ? "../".repeat(depth) : "./",
				this.entry, constant(found, from));
	}

	private String constant(MatchResult found, String from) {
		String names = found.group(1).replaceFirst("^\\* as ", "").replace(" as ", ": ");
		return "const %s = %s;\n".formatted(names, variable(from));
	}

	/** Makes the address in an import relative to the folder of all modules. */
	private static String resolve(String importer, MatchResult found) {
		return StringUtils.cleanPath(StringUtils.applyRelativePath(importer, found.group(2)));
	}

	/** Whether a path names a module. A library is outside the folder of the modules. */
	private static boolean isModule(String path) {
		return !path.startsWith("../");
	}

	private String variable(String module) {
		return this.variables.computeIfAbsent(module, (added) -> "$" + this.variables.size());
	}

}
