package dev.runnel.page;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * The page's scripts and styles, below a path that names their content. Modules import
 * one another by relative addresses, so that a page that began with one version goes on
 * with it, and a browser may keep what it has for ever.
 *
 * @param path begins with a slash and ends without one
 * @param modules the paths of all modules, for a browser to load them at once rather than
 * one after the other
 */
record Assets(String path, List<String> modules) {

	private static final int VERSION_BYTES = 8;

	/** The one script that is no module: modules run too late for it. */
	private static final String BEFORE_FIRST_PAINT = "theme.js";

	/**
	 * Reads them all.
	 * @param resources where to look
	 * @return what is to be served while this application runs
	 * @throws IOException if they cannot be read
	 */
	static Assets in(ResourcePatternResolver resources) throws IOException {
		String path = "/assets/" + version(resources.getResources("classpath*:/static/**/*.*"));
		return new Assets(path,
				Arrays.stream(resources.getResources("classpath:/static/js/*.js"))
					.map(Resource::getFilename)
					.filter((name) -> !BEFORE_FIRST_PAINT.equals(name))
					.map((name) -> path + "/js/" + name)
					.sorted()
					.toList());
	}

	private static String version(Resource[] files) throws IOException {
		MessageDigest digest = sha256();
		Arrays.sort(files, Comparator.comparing(Resource::getFilename));
		for (Resource file : files) {
			digest.update(file.getContentAsByteArray());
		}
		return HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
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
