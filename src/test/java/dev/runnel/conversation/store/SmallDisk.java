package dev.runnel.conversation.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A file system of a few megabytes that a test can fill. Only root may mount it;
 * otherwise the tests are skipped with a message.
 */
public final class SmallDisk implements AutoCloseable {

	private final Path folder;

	private SmallDisk(Path folder) {
		this.folder = folder;
	}

	/** Mounts a small disk on an empty folder. */
	public static SmallDisk mount(Path folder) {
		if (!run("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", folder.toString())) {
			abort("No small disk can be mounted here (only root may): what a full one does is not tested");
		}
		return new SmallDisk(folder);
	}

	private static boolean run(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public Path resolve(String name) {
		return this.folder.resolve(name);
	}

	/** Fills the disk. */
	public void fill() throws IOException {
		byte[] block = new byte[4096];
		try (OutputStream out = Files.newOutputStream(resolve("filler"))) {
			while (true) {
				out.write(block);
			}
		}
		catch (IOException full) {
			assertThat(full).hasMessageContaining("No space left");
		}
	}

	/** Frees the space again. */
	public void makeRoom() throws IOException {
		Files.delete(resolve("filler"));
	}

	@Override
	public void close() {
		run("umount", "-l", this.folder.toString());
	}

}
