package dev.runnel.markdown;

/**
 * Typical answers of models, and long answers of one kind of block.
 */
final class SampleAnswers {

	private static final String[] SECTIONS = {
			"""
					## Understanding the event loop %d

					The event loop is the **core scheduling mechanism** of a reactive server. It takes work from a queue, runs it \
					to completion, and never blocks: a handler that waits for I/O registers a callback with `Selector` and returns. \
					That is why *one thread* can serve thousands of connections, as long as no handler keeps it busy for more than \
					about 10 ms. See the [reference](https://example.org/docs/loop?page=%d) for the details.

					There are three common mistakes:

					- **Blocking calls**: `Thread.sleep()` or JDBC inside a handler stops every other connection.
					- **Unbounded queues**: they hide the problem until memory runs out, usually at the worst moment.
					- **Missing timeouts**: a silent peer holds its resources for ever.

					""",
			"""
					### Example %d

					Here's how this looks in code; note the explicit timeout on line 4:

					```java
					public Mono<Answer> answer(Question question) {
					    return client.post().uri("/v1/chat")
					        .bodyValue(question)
					        .retrieve().bodyToMono(Answer.class)
					        .timeout(Duration.ofSeconds(%d))
					        .onErrorResume(TimeoutException.class, e -> Mono.just(Answer.late()));
					}
					```

					The method returns at once. If nothing arrives in time, the caller gets `Answer.late()` instead of an error.

					""",
			"""
					1. **Measure first.** Record a profile under load, with at least 1,000 requests (run %d).
					2. **Find the hot path.** In most services it is serialisation:
					   - Jackson data binding
					   - string concatenation in logs
					   - regular expressions that are compiled per call
					3. **Change one thing** and measure again; keep the change only if p99 drops by more than %d%%.

					| Metric | Before | After | Change |
					|---|---:|---:|---:|
					| p50 latency | 12 ms | 8 ms | -33%% |
					| p99 latency | 180 ms | 41 ms | -77%% |
					| CPU per request | 3.1 ms | 1.9 ms | -39%% |

					> **Note:** these figures come from a single machine. They don't transfer to yours, but the ratios usually do.

					""" };

	private SampleAnswers() {
	}

	static String realistic(int length) {
		StringBuilder text = new StringBuilder("Great question! Let's go through it step by step.\n\n");
		for (int i = 0; text.length() < length; i++) {
			text.append(SECTIONS[i % SECTIONS.length].formatted(i, i + 7));
		}
		return text.substring(0, length);
	}

	static String list(int length) {
		return repeat("- **Item %d**: a line of plain text with `code` in it, as in any long list\n", length);
	}

	static String code(int length) {
		return "```java\n" + repeat("    if (value[%d] < limit && !done) { return value; }\n", length);
	}

	static String table(int length) {
		return "| name | value | remark |\n|---|---:|---|\n" + repeat("| row %d | 12.5 | some *text* here |\n", length);
	}

	static String paragraph(int length) {
		return repeat("This is sentence %d of a paragraph that goes on, with **bold** and `code` in it. ", length);
	}

	static String nestedQuotes(int length) {
		return repeat("> > > > Quoted text of line %d, with a few words more.\n> > > >\n", length);
	}

	static String lateDefinitions(int length) {
		return repeat("As [paper %1$d][p%1$d] says, this is so.\n\n", length / 2)
				+ repeat("[p%d]: https://example.org/papers\n", length / 2);
	}

	private static String repeat(String line, int length) {
		StringBuilder text = new StringBuilder(length + line.length());
		for (int i = 0; text.length() < length; i++) {
			text.append(line.formatted(i));
		}
		return text.toString();
	}

}
