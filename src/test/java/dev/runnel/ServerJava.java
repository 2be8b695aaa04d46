package dev.runnel;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

import org.springframework.util.Assert;

/**
 * The command that starts Runnel in a process of its own.
 * <p>
 * With {@code -Drunnel.class-archive=true}, the first start of a build makes an archive
 * of the loaded classes (CDS), which saves a third of the processor time of each later
 * start. To make it takes as long as ten starts, so it is off for single tests.
 */
public final class ServerJava {

	private static final boolean ARCHIVED = Boolean.getBoolean("runnel.class-archive");

	private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

	private static final Path FOLDER = Path.of("target", "server-java").toAbsolutePath();

	private ServerJava() {
	}

	/**
	 * Returns the command.
	 * @param options options of the virtual machine
	 * @param settings settings of Runnel
	 */
	public static List<String> command(List<String> options, List<String> settings) throws IOException {
		List<String> command = new ArrayList<>(javaWith(OPTIONS));
		command.addAll(options);
		if (ARCHIVED) {
			command.add("-XX:SharedArchiveFile=" + archive());
		}
		command.addAll(List.of("-cp", ARCHIVED ? archivedClassPath() : System.getProperty("java.class.path"),
				RunnelApplication.class.getName()));
		command.addAll(settings);
		return command;
	}

	private static List<String> javaWith(List<String> options) {
		return Stream.concat(ProcessHandle.current().info().command().stream(), options.stream()).toList();
	}

	/** An archive needs jars, and folders only after them. */
	private static String archivedClassPath() {
		return String.join(File.pathSeparator, jars()) + File.pathSeparator
				+ String.join(File.pathSeparator, entries((entry) -> entry.getFileName().endsWith("test-classes")));
	}

	private static List<String> jars() {
		return Stream
			.concat(Stream.of(jar().toString()), entries((entry) -> entry.toString().endsWith(".jar")).stream())
			.toList();
	}

	private static List<String> entries(Predicate<Path> kind) {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> kind.test(Path.of(entry)))
			.toList();
	}

	private static Path folder() {
		return FOLDER.resolve(Build.ID);
	}

	private static Path jar() {
		return folder().resolve("runnel.jar");
	}

	/** The first of several processes makes the archive for all. */
	private static synchronized Path archive() throws IOException {
		Path archive = folder().resolve("classes.jsa");
		if (!Files.exists(archive)) {
			Files.createDirectories(folder());
			// Threads of one process cannot wait for the same lock, so only one comes
			// here.
			try (FileChannel file = openLock(); FileLock lock = file.lock()) {
				Assert.state(lock.isValid(), "The archive is not locked");
				if (!Files.exists(archive)) {
					make(archive);
				}
			}
		}
		return archive;
	}

	private static FileChannel openLock() throws IOException {
		return FileChannel.open(folder().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
	}

	private static void make(Path archive) throws IOException {
		String classes = entries((entry) -> entry.getFileName().endsWith("classes")).get(0);
		int packed = ToolProvider.findFirst("jar")
			.orElseThrow()
			.run(System.out, System.err, "--create", "--no-compress", "--file", jar().toString(), "-C", classes, ".");
		Assert.state(packed == 0, "The classes cannot be packed");
		Path unfinished = folder().resolve("unfinished.jsa");
		Path log = folder().resolve("log");
		List<String> command = new ArrayList<>(javaWith(OPTIONS));
		command.addAll(List.of("-XX:ArchiveClassesAtExit=" + unfinished, "-cp", String.join(File.pathSeparator, jars()),
				TrainingRun.class.getName()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		try {
			process.onExit().orTimeout(5, TimeUnit.MINUTES).join();
		}
		finally {
			process.destroyForcibly();
		}
		Assert.state(process.exitValue() == 0, () -> "No archive of the classes: " + read(log));
		Files.move(unfinished, archive);
	}

	private static String read(Path log) {
		try {
			return Files.readString(log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Another build has other classes, another Java other archives. */
	private static final class Build {

		static final String ID = id();

		private static String id() {
			StringBuilder state = new StringBuilder(Runtime.version().toString());
			entries((entry) -> !entry.getFileName().endsWith("test-classes")).forEach((entry) -> {
				try (Stream<Path> files = Files.walk(Path.of(entry))) {
					files.filter(Files::isRegularFile).sorted().forEach((file) -> state.append(describe(file)));
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
			return UUID.nameUUIDFromBytes(state.toString().getBytes(StandardCharsets.UTF_8)).toString();
		}

		private static String describe(Path file) {
			try {
				return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + "\n";
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
