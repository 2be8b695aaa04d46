package dev.runnel.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.util.DigestUtils;

/**
 * The path of the scripts, styles, icons and fonts of the page. It names a hash of their
 * content. So an open page keeps the version that it started with, and browsers may cache
 * the files for ever.
 *
 * @param path the path; it begins with a slash and ends without one
 */
record Assets(String path) {

	/**
	 * The folders of the files, in the class path. The build bundles scripts and styles
	 * into the first, which replace the sources in the second. Without them the page
	 * loads the sources.
	 */
	static final List<String> FOLDERS = List.of("/bundle/", "/static/");

	private static final int VERSION_CHARS = 16;

	/**
	 * Reads all files for their hash.
	 * @param resources the resolver of the class path
	 * @return the path of the files
	 * @throws IOException if a file cannot be read
	 */
	static Assets in(ResourcePatternResolver resources) throws IOException {
		Map<String, String> checksums = new TreeMap<>();
		for (String folder : FOLDERS) {
			for (Resource file : resources.getResources("classpath*:" + folder + "**/*.*")) {
				String address = file.getURL().toString();
				checksums.put(address.substring(address.lastIndexOf(folder)), checksum(file));
			}
		}
		return new Assets("/assets/" + hash(checksums.toString()).substring(0, VERSION_CHARS));
	}

	/**
	 * The checksum of a file. The processor computes a CRC from the start on, but another
	 * hash of two megabytes delays the first page.
	 */
	private static String checksum(Resource file) throws IOException {
		CRC32 checksum = new CRC32();
		checksum.update(file.getContentAsByteArray());
		return Long.toHexString(checksum.getValue());
	}

	private static String hash(String text) {
		return DigestUtils.md5DigestAsHex(text.getBytes(StandardCharsets.UTF_8));
	}

}
