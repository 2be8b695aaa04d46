package dev.runnel.attachments;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.runnel.conversation.NewAttachment;
import dev.runnel.data.TemporaryFiles;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads PDFs by {@link PdfText} and {@link PdfPages}, with limits of pages, time and
 * memory.
 *
 * @param settings the limits
 * @param files the directory of temporary files
 */
record PdfReader(AttachmentSettings settings, TemporaryFiles files) {

	private static final Logger log = LoggerFactory.getLogger(PdfReader.class);

	/** The class that starts a program in a jar with libraries in it. */
	private static final String LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";

	/** The room for a notice at the end of a text that was cut. */
	private static final int NOTICE_CHARS = 100;

	/** The only variable of the environment that the process gets: Windows needs it. */
	private static final String KEPT = "SystemRoot";

	/**
	 * Reads a PDF. The calling thread waits for the process.
	 * @param pdf the file
	 * @return its content
	 * @throws ProblemException if it is locked, damaged or beyond a limit
	 * @throws IOException if the process cannot be started
	 */
	PdfContent read(Path pdf) throws IOException {
		Path text = this.files.create("pdf-");
		try {
			run(PdfText.class, pdf, text, this.settings.maxPages(), NewAttachment.MAX_TEXT_CHARS - NOTICE_CHARS);
			return PdfContent.read(text);
		}
		finally {
			Files.deleteIfExists(text);
		}
	}

	/**
	 * Copies pages of a PDF. The calling thread waits for the process.
	 * @param pdf the file
	 * @param part the file to write
	 * @param pages the pages
	 * @throws ProblemException if it is beyond a limit
	 * @throws IOException if the process cannot be started
	 */
	void copy(Path pdf, Path part, PageRange pages) throws IOException {
		run(PdfPages.class, pdf, part, pages.first(), pages.last());
	}

	/** Runs a program that reads one file and writes another. */
	private void run(Class<?> program, Path from, Path to, int... numbers) throws IOException {
		int code = run(command(program, from, to, numbers));
		if (code != PdfText.READ) {
			throw problem(code);
		}
	}

	private int run(List<String> command) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD);
		Map<String, String> environment = builder.environment();
		environment.keySet().removeIf((name) -> !name.equals(KEPT));
		Process process = builder.start();
		try {
			process.getOutputStream().close();
			boolean ended = process.waitFor(this.settings.pdfTime().toMillis(), TimeUnit.MILLISECONDS);
			if (!ended) {
				throw ProblemException.of(Reason.PDF_SLOW);
			}
			return process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("reading a PDF was interrupted", ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

	/** The environment, with the keys in it, stays here. */
	private List<String> command(Class<?> program, Path from, Path to, int... numbers) {
		List<String> command = new ArrayList<>(List.of(Path.of(property("java.home"), "bin", "java").toString(),
				"-Xmx" + this.settings.pdfMemory().toMegabytes() + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
				"-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "-Djava.awt.headless=true", "-cp",
				property("java.class.path")));
		if (ClassLoader.getSystemResource(LAUNCHER.replace('.', '/') + ".class") != null) {
			command.add("-Dloader.main=" + program.getName());
			command.add(LAUNCHER);
		}
		else {
			command.add(program.getName());
		}
		command.addAll(List.of(from.toAbsolutePath().toString(), to.toAbsolutePath().toString()));
		IntStream.of(numbers).mapToObj(Integer::toString).forEach(command::add);
		return command;
	}

	private static String property(String name) {
		return Objects.requireNonNull(System.getProperty(name));
	}

	private ProblemException problem(int code) {
		return switch (code) {
			case PdfText.LOCKED -> ProblemException.of(Reason.PDF_LOCKED);
			case PdfText.TOO_MANY_PAGES -> ProblemException.of(Reason.PDF_TOO_MANY_PAGES, this.settings.maxPages());
			case PdfText.DAMAGED -> ProblemException.of(Reason.PDF_DAMAGED);
			default -> {
				log.info("A PDF was refused: the process that read it ended with {}", code);
				yield ProblemException.of(Reason.PDF_TOO_COMPLEX);
			}
		};
	}

}
