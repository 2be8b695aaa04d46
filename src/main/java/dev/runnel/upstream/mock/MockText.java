package dev.runnel.upstream.mock;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The text of the mock, as Markdown. Each answer quotes the question, and shows every
 * construct that the page can render. Where no model is configured, it says that no model
 * wrote it, and how to connect one. After a failure the event about that says why.
 */
final class MockText {

	private static final int LONG_SECTIONS = 40;

	private static final String QUOTATION = """
			You asked:

			> %s

			""";

	private static final String NO_KEY = """
			## This is a mock answer

			**No language model wrote this.** No model is configured, so Runnel answers with *prepared text*. To talk \
			to a real one, put `OPENROUTER_API_KEY=<your key>` into the environment, or into a file named `.env` \
			where Runnel is started, and start it again. Keys come from [openrouter.ai/keys](https://openrouter.ai/keys).

			""";

	private static final String TOUR = """
			### What you see here

			Each word was sent as it was *written*, and rendered on the server with `commonmark-java`:

			1. **Text** with *emphasis*, `code`, and [links](https://commonmark.org)
			2. Lists
			   - that nest
			   - as deep as you like
			3. Tables

			| Construct | Written as | Shown at once |
			| --- | :---: | ---: |
			| bold | `**bold**` | yes |
			| italic | `*italic*` | yes |
			| struck out | `~~no~~` | ~~no~~ |

			```java
			answers.stream(prompt)
				.map(rendering::append)
				.subscribe(page);
			```

			Type `/mock` to see what else can be tried without a model.
			""";

	private static final String STREAM = """
			### How an answer travels

			The page does **not** wait for the whole answer. It reads a *stream* of `message` events:

			```http
			POST /api/chat/stream HTTP/1.1
			Content-Type: application/json

			{"message": "Hello"}
			```

			| Event | Meaning |
			| --- | --- |
			| `start` | the question has arrived |
			| `message` | a few more words |
			| `complete` | that was all |

			- Every event has a number
			  - so that a reader can **come back** after a lost connection
			  - and miss *nothing*
			- Markdown becomes HTML on the server

			> A stream ends with exactly one `complete` or `error`.

			The format is that of [server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html). \
			Type `/mock` for more to try.
			""";

	private static final String PLAN = """
			### Three things to try

			1. **Ask something longer** and watch the blocks grow
			   - a table such as the one below
			   - a list in a list
			2. Press *Stop* in the middle: what came stays
			3. Call the API from a terminal:

			```sh
			curl -N localhost:8000/api/chat/stream \\
			  -H 'Content-Type: application/json' \\
			  -d '{"message": "Hello"}'
			```

			| Try | With | Shows |
			| --- | --- | --- |
			| an error | `/mock error` | a friendly sentence and *Retry* |
			| patience | `/mock slow` | the thinking indicator |
			| endurance | `/mock long` | scrolling |

			> Links such as [this one](https://spec.commonmark.org/0.31.2/) open in a new tab; pictures from elsewhere \
			are never loaded.
			""";

	private static final String HELP = """
			### What the mock can do

			| Message | What happens |
			| --- | --- |
			| `/mock` | this help |
			| `/mock error` | some words, and then an error |
			| `/mock slow` | a long silence, and then slow words |
			| `/mock long` | an answer of several pages |
			| `/mock reasoning` | reasoning first, then the answer |

			Anything else gets **one of a few** answers that *look like* those of a model:

			- prepared text
			  - with `code`, tables, and lists in lists

			```text
			/mock reasoning
			```

			How to connect a model is in the file `docs/services.md` of Runnel.
			""";

	private static final String SECTION = """
			### Section %d

			This is paragraph **%d** of a long answer. It holds *nothing new*, but there is much of it, so that you \
			can scroll up while more arrives, stop in the middle, or look how the page behaves with `%d` sections.

			- an item
			  - with an item below it

			""";

	private static final List<String> ANSWERS = List.of(TOUR, STREAM, PLAN);

	private MockText() {
	}

	/**
	 * The beginning of each answer.
	 * @param question the question to quote
	 * @param isFallback whether a model is configured that did not answer
	 */
	static String opening(String question, boolean isFallback) {
		return (isFallback ? "" : NO_KEY) + QUOTATION.formatted(QuotedText.of(question));
	}

	/**
	 * One of a few answers.
	 * @param choice any number; the same number gives the same answer
	 */
	static String answer(int choice) {
		return ANSWERS.get(Math.floorMod(choice, ANSWERS.size()));
	}

	static String help() {
		return HELP;
	}

	static String longAnswer() {
		return IntStream.rangeClosed(1, LONG_SECTIONS)
			.mapToObj((section) -> SECTION.formatted(section, section, LONG_SECTIONS))
			.collect(Collectors.joining());
	}

	static String reasoning() {
		return """
				The message asks to see **reasoning**. A mock does not think, but it can show where the \
				thoughts of a model would be:

				- before the answer,
				- apart from it,
				- with the same `Markdown`.

				That is enough of it.""";
	}

}
