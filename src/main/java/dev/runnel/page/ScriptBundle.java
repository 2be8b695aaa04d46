package dev.runnel.page;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The modules that the page begins with, as one script: a browser asks once rather than
 * for each, and one after the other. What a module exports becomes an object with the
 * module's name, which the modules behind it take their imports from.
 * <p>
 * This is no compiler. It knows the few forms of import and export that the page's
 * modules use, and refuses others.
 */
final class ScriptBundle {

	private static final Pattern IMPORT = Pattern.compile("^import (\\{[^}]*}|\\* as \\w+|\\w+) from '([^']+)';\\n",
			Pattern.MULTILINE);

	private static final Pattern EXPORT = Pattern.compile("^export (?=(?:async )?(?:function\\*?|class|const) (\\w+))",
			Pattern.MULTILINE);

	private static final Pattern OTHER_FORM = Pattern.compile("^(?:import|export)\\b(?! ?\\().*$", Pattern.MULTILINE);

	private static final Pattern COMMENT = Pattern.compile("^[ \\t]*(?:/\\*\\*.*?\\*/|//[^\\n]*)\\n",
			Pattern.MULTILINE | Pattern.DOTALL);

	/** No text of a module goes on in another line. */
	private static final Pattern INDENTATION = Pattern.compile("^\\t+", Pattern.MULTILINE);

	private final Map<String, String> modules;

	private final String entry;

	private final Map<String, String> bundled = new LinkedHashMap<>();

	private final Set<String> libraries = new LinkedHashSet<>();

	private ScriptBundle(Map<String, String> modules, String entry) {
		this.modules = modules;
		this.entry = entry;
	}

	/**
	 * Puts the entry and all that it imports into one script, in the entry's place. The
	 * other modules stay by themselves, to be loaded when they are needed; what they
	 * import they get from that one script, so that nothing is there twice.
	 * @param modules the text of each module by its file name
	 * @param entry the file name of the module that starts the page
	 * @return the text of each file that is to be served, by its name
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
		IMPORT.matcher(text).results().map((found) -> found.group(2)).forEach((from) -> {
			if (isModule(from)) {
				add(from.substring(2), path);
			}
		});
		this.bundled.put(name, wrapped(name, text));
	}

	private String text(String name) {
		String text = this.modules.get(name);
		if (text == null) {
			throw new IllegalStateException("There is no module " + name);
		}
		return INDENTATION.matcher(COMMENT.matcher(text).replaceAll("")).replaceAll("");
	}

	private String wrapped(String name, String text) {
		String body = IMPORT.matcher(text).replaceAll((found) -> Matcher.quoteReplacement(importWithin(found)));
		String exports = EXPORT.matcher(body)
			.results()
			.map((found) -> found.group(1))
			.collect(Collectors.joining(", "));
		body = EXPORT.matcher(body).replaceAll("");
		refuseOtherForms(name, body);
		return "const " + variable(name) + " = (() => {\n" + body + "return { " + exports + " };\n})();\n";
	}

	/** A library stays a file of its own, imported once for all. */
	private String importWithin(MatchResult found) {
		if (!isModule(found.group(2))) {
			this.libraries.add(found.group());
			return "";
		}
		return constant(found);
	}

	private static void refuseOtherForms(String name, String body) {
		Matcher other = OTHER_FORM.matcher(body);
		if (other.find()) {
			throw new IllegalStateException(
					"%s has a form of import or export that cannot be put together: %s".formatted(name, other.group()));
		}
	}

	private String text() {
		String variables = this.bundled.keySet().stream().map(ScriptBundle::variable).collect(Collectors.joining(", "));
		return String.join("", this.libraries) + String.join("", this.bundled.values()) + "export { " + variables
				+ " };\n";
	}

	private String apart(String name) {
		return IMPORT.matcher(text(name)).replaceAll((found) -> Matcher.quoteReplacement(importFromOutside(found)));
	}

	private String importFromOutside(MatchResult found) {
		String module = found.group(2).substring(2);
		if (!isModule(found.group(2)) || !this.bundled.containsKey(module)) {
			return found.group();
		}
		return "import { %s } from './%s';\n%s".formatted(variable(module), this.entry, constant(found));
	}

	private static String constant(MatchResult found) {
		String names = found.group(1).replaceFirst("^\\* as ", "").replace(" as ", ": ");
		return "const %s = %s;\n".formatted(names, variable(found.group(2).substring(2)));
	}

	/**
	 * The page's own modules lie in one folder; what comes from elsewhere is a library.
	 */
	private static boolean isModule(String address) {
		return address.startsWith("./");
	}

	private static String variable(String module) {
		return "$" + module.replaceFirst("\\.js$", "").replace('-', '_');
	}

}
