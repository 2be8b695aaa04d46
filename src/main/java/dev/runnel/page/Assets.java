package dev.runnel.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * The scripts, styles, icons and fonts of the page, as they are served. Their path names
 * a hash of their content. So an open page keeps the version that it started with, and
 * browsers may cache the files for ever.
 * <p>
 * Modules and styles are bundled at the start of the application, so that a browser
 * requests only a few files ({@link ScriptBundle}; each style's imports are replaced by
 * their text). The source files also work unbundled.
 *
 * @param path the path of all files; it begins with a slash and ends without one
 * @param files the files by their path below it, without a slash at the beginning
 * @param libraries the paths of the libraries that the page's script imports, so that a
 * browser can load them in parallel with it
 */
record Assets(String path, Map<String, Asset> files, List<String> libraries) {

	private static final String FOLDER = "/static/";

	private static final String ENTRY = "app.js";

	private static final int VERSION_BYTES = 8;

	private static final Pattern STYLE_MARGIN = Pattern.compile("^\\t*(?:/\\*.*?\\*/\\n)?",
			Pattern.MULTILINE | Pattern.DOTALL);

	/** Line breaks behind a mark that separates by itself. */
	private static final Pattern STYLE_BREAK = Pattern.compile("(?<=[{};,])\\n+");

	private static final Pattern STYLE_IMPORT = Pattern.compile("^@import \"\\./([\\w-]+\\.css)\";\\n",
			Pattern.MULTILINE);

	/**
	 * Reads all files.
	 * @param resources the resolver of the class path
	 * @return the files to serve
	 * @throws IOException if a file cannot be read
	 */
	static Assets in(ResourcePatternResolver resources) throws IOException {
		Map<String, byte[]> sources = new TreeMap<>();
		for (Resource file : resources.getResources("classpath:" + FOLDER + "**/*.*")) {
			String address = file.getURL().toString();
			sources.put(address.substring(address.lastIndexOf(FOLDER) + FOLDER.length()), file.getContentAsByteArray());
		}
		return of(sources);
	}

	private static Assets of(Map<String, byte[]> sources) {
		Map<String, byte[]> served = new TreeMap<>(sources);
		Map<String, String> modules = ScriptBundle.of(texts(sources, "js/"), ENTRY);
		modules.forEach((name, text) -> served.put("js/" + name, bytes(text)));
		Map<String, String> styles = texts(sources, "css/");
		styles.forEach((name, text) -> served.put("css/" + name, bytes(withImports(text, styles))));
		Map<String, Asset> files = new TreeMap<>();
		served.forEach((name, content) -> files.put(name, Asset.of(name, content)));
		String path = "/assets/" + version(served);
		return new Assets(path, files, librariesOf(modules.get(ENTRY), path));
	}

	/**
	 * Finds a file.
	 * @param name the path below {@link #path()}, without a slash at the beginning
	 * @return the file; null if there is none with that name
	 */
	@Nullable Asset find(String name) {
		return this.files.get(name);
	}

	private static Map<String, String> texts(Map<String, byte[]> sources, String folder) {
		Map<String, String> texts = new TreeMap<>();
		sources.forEach((name, content) -> {
			if (name.startsWith(folder)) {
				texts.put(name.substring(folder.length()), new String(content, StandardCharsets.UTF_8));
			}
		});
		return texts;
	}

	/** Inlines the imports of a style and removes what only readers need. */
	private static String withImports(String style, Map<String, String> styles) {
		String whole = STYLE_IMPORT.matcher(style)
			.replaceAll((found) -> Matcher.quoteReplacement(styles.getOrDefault(found.group(1), found.group())));
		return STYLE_BREAK.matcher(STYLE_MARGIN.matcher(whole).replaceAll("")).replaceAll("");
	}

	private static List<String> librariesOf(@Nullable String script, String path) {
		return Pattern.compile("^import .* from '\\.\\./([^']+)';$", Pattern.MULTILINE)
			.matcher((script != null) ? script : "")
			.results()
			.map((found) -> path + "/" + found.group(1))
			.toList();
	}

	private static String version(Map<String, byte[]> files) {
		MessageDigest digest = sha256();
		files.forEach((name, content) -> {
			digest.update(bytes(name));
			digest.update(content);
		});
		return HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
