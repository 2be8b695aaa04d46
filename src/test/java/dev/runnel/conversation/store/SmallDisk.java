package dev.runnel.conversation.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A file system of a few megabytes that can be full. Tests are skipped, and say so, where
 * none can be mounted: only root may.
 */
public final class SmallDisk implements AutoCloseable {

	private final Path folder;

	private SmallDisk(Path folder) {
		this.folder = folder;
	}

	/** Mounts one over an empty folder. */
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

	/** Takes all the room that there is. */
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

	/** Gives the room back. */
	public void makeRoom() throws IOException {
		Files.delete(resolve("filler"));
	}

	@Override
	public void close() {
		run("umount", "-l", this.folder.toString());
	}

}
