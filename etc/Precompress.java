import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses the files of folders with gzip at its best level. The build runs it:
 *
 *     java etc/Precompress.java FOLDER...
 *
 * The compressed file stands beside the file, with the ending ".gz". A file that gains less than a tenth gets none.
 */
final class Precompress {

	public static void main(String[] folders) throws IOException {
		for (String folder : folders) {
			for (Path file : filesIn(Path.of(folder))) {
				compress(file);
			}
		}
	}

	private static List<Path> filesIn(Path folder) throws IOException {
		try (Stream<Path> files = Files.isDirectory(folder) ? Files.walk(folder) : Stream.empty()) {
			return files.filter(Files::isRegularFile).filter((file) -> !file.toString().endsWith(".gz")).toList();
		}
	}

	private static void compress(Path file) throws IOException {
		byte[] content = Files.readAllBytes(file);
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(compressed) {
			{
				this.def.setLevel(Deflater.BEST_COMPRESSION);
			}
		}) {
			gzip.write(content);
		}
		if (compressed.size() < content.length * 9L / 10) {
			Files.write(file.resolveSibling(file.getFileName() + ".gz"), compressed.toByteArray());
		}
	}

}
