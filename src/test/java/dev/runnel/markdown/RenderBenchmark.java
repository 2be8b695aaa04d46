package dev.runnel.markdown;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Whole answers in pieces of four characters, rendered in three ways: by this package, by
 * parsing the last top-level block again for each piece, and by rendering everything
 * again for each piece. The third is measured on {@value #SAMPLES} evenly spaced
 * prefixes, as the time of one piece.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 4, time = 3)
public class RenderBenchmark {

	private static final int SAMPLES = 64;

	private static final int PLAIN_CHUNKS = 8_192;

	@Param({ "realistic-2", "realistic-8", "realistic-32", "realistic-128", "list-32", "code-32", "table-32",
			"paragraph-32", "quotes-32", "definitions-32" })
	public String answer = "";

	private List<String> pieces = List.of();

	private List<String> prefixes = List.of();

	@Setup
	public void prepare() {
		String[] name = this.answer.split("-");
		String text = text(name[0], Integer.parseInt(name[1]) * 1024);
		this.pieces = Pieces.of(text, 4);
		this.prefixes = IntStream.rangeClosed(1, SAMPLES)
			.mapToObj((i) -> text.substring(0, (int) ((long) text.length() * i / SAMPLES)))
			.toList();
	}

	private static String text(String kind, int length) {
		return switch (kind) {
			case "list" -> SampleAnswers.list(length);
			case "code" -> SampleAnswers.code(length);
			case "table" -> SampleAnswers.table(length);
			case "paragraph" -> SampleAnswers.paragraph(length);
			case "quotes" -> SampleAnswers.nestedQuotes(length);
			case "definitions" -> SampleAnswers.lateDefinitions(length);
			default -> SampleAnswers.realistic(length);
		};
	}

	@Benchmark
	public void incremental(Blackhole sink) {
		StreamingMarkdown markdown = new StreamingMarkdown();
		for (String piece : this.pieces) {
			sink.consume(markdown.append(piece));
		}
		sink.consume(markdown.finish());
	}

	/** The same answer, with its undecided ends held back. */
	@Benchmark
	public void calm(Blackhole sink) {
		CalmText text = new CalmText();
		StreamingMarkdown markdown = new StreamingMarkdown();
		for (String piece : this.pieces) {
			sink.consume(markdown.append(text.take(piece)));
		}
		markdown.hold(text.takeAll());
		sink.consume(markdown.finish());
	}

	@Benchmark
	public void topLevelBlocks(Blackhole sink) {
		TopLevelBlocks blocks = new TopLevelBlocks();
		for (String piece : this.pieces) {
			sink.consume(blocks.append(piece));
		}
	}

	@Benchmark
	@OperationsPerInvocation(SAMPLES)
	public void onePieceNaively(Blackhole sink) {
		for (String prefix : this.prefixes) {
			sink.consume(MarkdownRenderer.render(prefix));
		}
	}

	/** The cost of a piece in an open paragraph. */
	@Benchmark
	@OperationsPerInvocation(PLAIN_CHUNKS)
	public void plainPieceOfParagraph(Blackhole sink) {
		append("", "ds w", sink);
	}

	/** The cost of a piece in an open code block. */
	@Benchmark
	@OperationsPerInvocation(PLAIN_CHUNKS)
	public void plainPieceOfCode(Blackhole sink) {
		append("```\n", "a<b;", sink);
	}

	/** What holding ends back costs for a piece of plain text. */
	@Benchmark
	@OperationsPerInvocation(PLAIN_CHUNKS)
	public void plainPieceOfCalmText(Blackhole sink) {
		CalmText text = new CalmText();
		for (int i = 0; i < PLAIN_CHUNKS; i++) {
			sink.consume(text.take("ds w"));
		}
	}

	private static void append(String start, String piece, Blackhole sink) {
		StreamingMarkdown markdown = new StreamingMarkdown();
		markdown.append(start);
		for (int i = 0; i < PLAIN_CHUNKS; i++) {
			sink.consume(markdown.append(piece));
		}
	}

}
