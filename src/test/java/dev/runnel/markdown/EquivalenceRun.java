package dev.runnel.markdown;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import org.commonmark.parser.Parser;

/**
 * A long run over random documents, many times faster than the property test. Each
 * document is streamed and compared with its batch rendering at some random prefixes and
 * at the end.
 * <p>
 * Arguments: the number of documents, the first seed, the number of threads. Each seed
 * gives one document, so that a wrong one can be run alone. Ends with status 1 if any
 * document is wrong.
 */
final class EquivalenceRun {

	private static final int BATCH = 1_000;

	private static final int MAX_REPORTS = 200;

	/**
	 * Long documents get larger pieces than short ones: at least their length divided by
	 * this.
	 */
	private static final int LONG = 50;

	private static final int[] PIECES = { 1, 2, 3, 4, 6, 8, 12, 20, 60 };

	private static final Parser DIALECT = MarkdownRenderer.parser(InlineLimits.DIALECT).build();

	private final PrintStream out;

	private final long end;

	private final AtomicLong next;

	private final AtomicLong wrong = new AtomicLong();

	private final AtomicLong compared = new AtomicLong();

	private EquivalenceRun(PrintStream out, long first, long end) {
		this.out = out;
		this.next = new AtomicLong(first);
		this.end = end;
	}

	public static void main(String[] arguments) throws InterruptedException {
		long documents = Long.parseLong(arguments[0]);
		long first = (arguments.length > 1) ? Long.parseLong(arguments[1]) : 0;
		int threads = (arguments.length > 2) ? Integer.parseInt(arguments[2]) : 1;
		EquivalenceRun run = new EquivalenceRun(System.out, first, first + documents);
		long started = System.nanoTime();
		run.work(threads);
		run.out.printf("%d documents from seed %d, %d comparisons, %d wrong, %d s%n", documents, first,
				run.compared.get(), run.wrong.get(), (System.nanoTime() - started) / 1_000_000_000L);
		System.exit((run.wrong.get() == 0) ? 0 : 1);
	}

	private void work(int threads) throws InterruptedException {
		List<Thread> workers = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			workers.add(new Thread(this::work, "documents-" + i));
		}
		workers.forEach(Thread::start);
		for (Thread worker : workers) {
			worker.join();
		}
	}

	private void work() {
		for (long from = this.next.getAndAdd(BATCH); from < this.end; from = this.next.getAndAdd(BATCH)) {
			long to = Math.min(this.end, from + BATCH);
			for (long seed = from; seed < to; seed++) {
				check(seed);
			}
			if (from % 500_000 == 0) {
				this.out.printf("seed %d, %d wrong so far%n", from, this.wrong.get());
			}
		}
	}

	/**
	 * Checks one document. One in eight gets limits small enough to be reached, and one
	 * in four is streamed a second time in other pieces.
	 */
	private void check(long seed) {
		Random random = new Random(seed * 0x9E3779B97F4A7C15L);
		String text = NastyMarkdown.document(random, 1 + random.nextInt(1 + random.nextInt(8)));
		InlineLimits limits = (random.nextInt(8) == 0) ? new InlineLimits(1 + random.nextInt(60), random.nextInt(8))
				: InlineLimits.DIALECT;
		List<String> pieces = new ArrayList<>();
		try {
			stream(text, random, limits, pieces);
			if (random.nextInt(4) == 0) {
				stream(text, random, limits, pieces);
			}
		}
		catch (RuntimeException | AssertionError ex) {
			if (this.wrong.incrementAndGet() <= MAX_REPORTS) {
				this.out.printf("WRONG %d %s %s in %s%n", seed, ex.toString().lines().findFirst().orElse(""), limits,
						pieces.stream().map(EquivalenceRun::quoted).toList());
			}
		}
	}

	/** Streams a text, with about two comparisons on the way and one at the end. */
	private void stream(String text, Random random, InlineLimits limits, List<String> pieces) {
		pieces.clear();
		int maxPiece = Math.max(PIECES[random.nextInt(PIECES.length)], text.length() / LONG);
		PageBlocks page = new PageBlocks();
		StreamingMarkdown markdown = new StreamingMarkdown(limits);
		int updates = 1 + text.length() * 2 / (1 + maxPiece);
		boolean flushing = random.nextInt(8) > 0;
		for (int start = 0; start < text.length();) {
			int end = Math.min(text.length(), start + 1 + random.nextInt(maxPiece));
			pieces.add(text.substring(start, end));
			page.take(markdown.append(text.substring(start, end)));
			if (flushing && markdown.hasPending()) {
				page.take(markdown.flush());
			}
			if (random.nextInt(updates) < 2) {
				compare(page, limits);
			}
			start = end;
		}
		page.take(markdown.finish());
		compare(page, limits);
		if (!page.content().equals(text)) {
			throw new AssertionError("The page has another text than was sent");
		}
	}

	private void compare(PageBlocks page, InlineLimits limits) {
		this.compared.incrementAndGet();
		Parser parser = (limits == InlineLimits.DIALECT) ? DIALECT : MarkdownRenderer.parser(limits).build();
		String expected = MarkdownRenderer.render(page.content(), parser);
		if (!expected.equals(page.html())) {
			throw new AssertionError("After " + page.content().length() + " characters");
		}
	}

	private static String quoted(String text) {
		StringBuilder quoted = new StringBuilder("\"");
		for (char c : text.toCharArray()) {
			switch (c) {
				case '\n' -> quoted.append("\\n");
				case '\r' -> quoted.append("\\r");
				case '\t' -> quoted.append("\\t");
				case '"', '\\' -> quoted.append('\\').append(c);
				default -> {
					if (c < ' ' || c > '~') {
						quoted.append(String.format("\\u%04x", (int) c));
					}
					else {
						quoted.append(c);
					}
				}
			}
		}
		return quoted.append('"').toString();
	}

}
