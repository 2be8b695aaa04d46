package dev.runnel.markdown;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import tools.jackson.databind.json.JsonMapper;

/**
 * Measures how calm answers are for a reader: how many visible characters are taken back,
 * without and with {@link CalmText}, and how long characters wait. The clock is part of
 * the measurement, so the figures repeat exactly.
 * <p>
 * Arguments: files or directories with answers. A file {@code .sse} is a recorded stream
 * and arrives in its own pieces. A file {@code .json} is a recorded answer, a file
 * {@code .md} a text; these arrive in pieces of four characters. Because there are few
 * recordings, they are cut at blank lines into answers of {@value #SHORTEST} characters
 * or more. Without arguments, the recordings are used.
 */
final class CalmRun {

	private static final Path RECORDINGS = Path.of("../shared/recordings");

	private static final int PIECE = 4;

	/** The shortest answer that a recorded one is cut into, in UTF-16 units. */
	private static final int SHORTEST = 100;

	/** A usual model sends fifty pieces in a second. */
	private static final long NANOS_PER_PIECE = TimeUnit.MILLISECONDS.toNanos(20);

	private final PrintStream out;

	private long answers;

	private final Course plain = new Course();

	private final Course calm = new Course();

	private CalmRun(PrintStream out) {
		this.out = out;
	}

	public static void main(String[] arguments) throws IOException {
		CalmRun run = new CalmRun(System.out);
		for (Path file : files(arguments)) {
			answers(file).forEach(run::read);
		}
		run.report();
	}

	private static List<Path> files(String[] arguments) throws IOException {
		List<Path> files = new ArrayList<>();
		List<Path> roots = (arguments.length > 0) ? Stream.of(arguments).map(Path::of).toList() : List.of(RECORDINGS);
		for (Path root : roots) {
			if (Files.exists(root)) {
				try (Stream<Path> found = Files.walk(root)) {
					found.filter((file) -> file.toString().matches(".*(\\.sse|\\.md|(?<!meta)\\.json)"))
						.sorted()
						.forEach(files::add);
				}
			}
		}
		return files;
	}

	private static List<List<String>> answers(Path file) throws IOException {
		String text = Files.readString(file);
		if (file.toString().endsWith(".sse")) {
			return List.of(text.lines()
				.filter((line) -> line.startsWith("data: {"))
				.map((line) -> field(line.substring("data: ".length()), "/choices/0/delta/content"))
				.filter((piece) -> !piece.isEmpty())
				.toList());
		}
		String answer = file.toString().endsWith(".json") ? field(text, "/choices/0/message/content") : text;
		return parts(answer).stream().map((part) -> Pieces.of(part, PIECE)).toList();
	}

	/** Cuts at blank lines outside of fenced code. */
	private static List<String> parts(String text) {
		List<String> parts = new ArrayList<>();
		StringBuilder part = new StringBuilder();
		boolean fenced = false;
		for (String line : text.split("(?<=\n)")) {
			fenced ^= line.strip().startsWith("```");
			part.append(line);
			if (line.isBlank() && !fenced && part.length() >= SHORTEST) {
				parts.add(part.toString());
				part.setLength(0);
			}
		}
		parts.add(part.toString());
		return parts;
	}

	private static String field(String json, String path) {
		return JsonMapper.shared().readTree(json).at(path).asString("");
	}

	private void read(List<String> pieces) {
		if (!pieces.isEmpty()) {
			this.answers++;
			this.plain.read(pieces, false);
			this.calm.read(pieces, true);
		}
	}

	private void report() {
		this.out.printf("%d answers, %d visible characters%n", this.answers, this.calm.shown);
		this.out.printf("taken back: %d (%.3f %%) without, %d (%.3f %%) with calm%n", this.plain.takenBack,
				100.0 * this.plain.takenBack / this.plain.shown, this.calm.takenBack,
				100.0 * this.calm.takenBack / this.calm.shown);
		List<Long> waits = this.calm.waits.stream().sorted().toList();
		this.out.printf("%d of %d pieces waited: median %d ms, longest %d ms%n", waits.size(), this.calm.pieces,
				waits.isEmpty() ? 0 : waits.get(waits.size() / 2), waits.isEmpty() ? 0 : waits.get(waits.size() - 1));
		this.out.printf("first text: %d ms later on average%n",
				(this.calm.firstText - this.plain.firstText) / Math.max(1, this.answers));
	}

	/** The measurements of all answers, in one of the two ways. Times are in ms. */
	private static final class Course {

		private long shown;

		private long takenBack;

		private long pieces;

		private long firstText;

		private final List<Long> waits = new ArrayList<>();

		private long nanos;

		void read(List<String> pieces, boolean calm) {
			CalmText text = new CalmText(() -> this.nanos);
			StreamingMarkdown markdown = new StreamingMarkdown();
			VisibleText seen = VisibleText.empty();
			List<Long> waiting = new ArrayList<>();
			long start = this.nanos;
			for (String piece : pieces) {
				waiting.add(this.nanos);
				String passed = calm ? text.take(piece) : piece;
				markdown.append(passed);
				if (!passed.isEmpty()) {
					boolean first = seen.length() == 0;
					show(markdown, seen);
					this.firstText += (first && seen.length() > 0) ? millis(this.nanos - start) : 0;
					endWaits(waiting, text.isHolding());
				}
				this.nanos += NANOS_PER_PIECE;
			}
			markdown.hold(text.takeAll());
			markdown.finish();
			show(markdown, seen);
			this.pieces += pieces.size();
			this.shown += seen.length();
			this.takenBack += seen.takenBack();
		}

		private static void show(StreamingMarkdown markdown, VisibleText seen) {
			markdown.flush();
			seen.show(markdown.html());
		}

		/**
		 * The pieces are shown. If some text is still held, it is the end of the last
		 * one.
		 */
		private void endWaits(List<Long> waiting, boolean holding) {
			List<Long> over = holding ? waiting.subList(0, waiting.size() - 1) : waiting;
			over.stream()
				.filter((since) -> since < this.nanos)
				.map((since) -> millis(this.nanos - since))
				.forEach(this.waits::add);
			over.clear();
		}

		private static long millis(long nanos) {
			return TimeUnit.NANOSECONDS.toMillis(nanos);
		}

	}

}
