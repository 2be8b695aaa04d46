package dev.runnel.upstream.openrouter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import dev.runnel.upstream.Citation;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.ModelEvent.Cited;
import dev.runnel.upstream.ModelEvent.Finished;
import dev.runnel.upstream.ModelEvent.Named;
import dev.runnel.upstream.ModelEvent.Reasoning;
import dev.runnel.upstream.ModelEvent.Text;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.TextPieces;
import dev.runnel.upstream.UpstreamFailure.Kind;
import dev.runnel.upstream.WellFormed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnswerDecoder}.
 */
class AnswerDecoderTests {

	private static final String STOP = finish("stop", "");

	private static final Named NAMED = new Named("acme/chat-1", "Acme");

	private static final String DONE = "data: [DONE]\n\n";

	@Test
	void mergesWhatArrivedTogether() {
		assertThat(decode(text("Hel") + text("lo") + reasoning("hm") + reasoning("m") + text("!"))).startsWith(NAMED,
				new Text("Hello"), new Reasoning("hmm"), new Text("!"));
	}

	@Test
	void cutsLongTextIntoPiecesButNoPair() {
		String whole = "x".repeat(TextPieces.MAX_CHARS - 1) + "\uD83D\uDE00" + "y".repeat(TextPieces.MAX_CHARS);
		byte[] bytes = (text("a") + text(whole) + text("b")).getBytes(StandardCharsets.UTF_8);
		List<ModelEvent> events = decoder(bytes.length).decode(buffer(bytes)).take();
		List<String> pieces = events.stream()
			.filter(Text.class::isInstance)
			.map((event) -> ((Text) event).text())
			.toList();
		assertThat(String.join("", pieces)).isEqualTo("a" + whole + "b");
		assertThat(pieces).hasSizeGreaterThan(2)
			.allSatisfy((piece) -> assertThat(piece).hasSizeLessThanOrEqualTo(TextPieces.MAX_CHARS))
			.allSatisfy((piece) -> assertThat(WellFormed.of(piece)).isEqualTo(piece));
	}

	@Test
	void saysWhoAnswersNoLaterThanWhatIsAnswered() {
		String late = "data: {\"model\":\"acme/late\",\"choices\":[{\"delta\":{\"content\":\"b\"}}]}\n\n";
		assertThat(decode(text(""), text("a"), text("b"))).startsWith(NAMED, new Text("a"), new Text("b"));
		assertThat(decode("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", late, text("c")))
			.startsWith(new Text("a"), new Named("acme/late", null), new Text("b"), new Text("c"));
		assertThat(decode(DONE)).doesNotContain(NAMED);
	}

	@Test
	void collectsCitationsAndTellsThemOnlyIfTheyAreNew() {
		Citation first = new Citation("https://a.example/1", null);
		Citation second = new Citation("https://b.example/2", "B");
		String repeated = "data: {\"citations\":[\"https://a.example/1\"],\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
		String annotated = "data: {\"choices\":[{\"delta\":{\"content\":\"\",\"annotations\":[{\"type\":\"url_citation\","
				+ "\"url_citation\":{\"url\":\"https://b.example/2\",\"title\":\"B\"}}]}}]}\n\n";
		assertThat(decode(repeated, repeated, annotated, STOP, DONE)).filteredOn(Cited.class::isInstance)
			.containsExactly(new Cited(List.of(first)), new Cited(List.of(first, second)));
	}

	@Test
	void keepsApartWhatArrivedApart() {
		assertThat(decode(text("Hel"), text("lo"))).startsWith(NAMED, new Text("Hel"), new Text("lo"));
	}

	@Test
	void answersSameWhereverBytesAreCut() {
		byte[] bytes = (": c\n\n" + reasoning("hm\u00e4") + text("\uD83D\uDE00b") + finish("stop", "end") + DONE)
			.getBytes(StandardCharsets.UTF_8);
		for (int cut = 0; cut <= bytes.length; cut++) {
			Answer answer = answer(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length));
			assertThat(answer.text()).isEqualTo("\uD83D\uDE00bend");
			assertThat(answer.reasoning()).isEqualTo("hm\u00e4");
			assertThat(answer.finished().reason()).isEqualTo(FinishReason.STOP);
		}
	}

	@Test
	void neverTakesTruncatedAnswerForWhole() {
		byte[] bytes = (text("one") + text("two") + STOP + DONE).getBytes(StandardCharsets.UTF_8);
		int whole = (text("one") + text("two")).length() + STOP.length() - 2;
		for (int end = 0; end < bytes.length; end++) {
			Answer answer = answer(Arrays.copyOf(bytes, end));
			assertThat(answer.finished() != null).as("after %d bytes", end).isEqualTo(end >= whole);
		}
	}

	@ParameterizedTest
	@CsvSource({ "stop,STOP", "length,LENGTH", "tool_calls,TOOL_CALLS", "content_filter,CONTENT_FILTER", "STOP,STOP",
			"model_length,LENGTH", "MAX_TOKENS,LENGTH", "SAFETY,CONTENT_FILTER", "end_turn,STOP", "something,OTHER" })
	void knowsWhyModelStopped(String reason, FinishReason expected) {
		assertThat(answer(text("a") + finish(reason, "")).finished().reason()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "data: [DONE]\n\n", "data:[DONE]\n\n", "data: [DONE] \n\n", "data: [DONE] junk\n\n",
			"data:  [DONE]\r\n\r\n", "data: [DONE]" })
	void endsAtDoneHoweverItIsWritten(String done) {
		assertThat(answer(text("a") + done).finished().reason()).isEqualTo(FinishReason.STOP);
	}

	@Test
	void finishesAtDoneWithoutEndOfBody() {
		AnswerDecoder decoder = decoder(4096);
		List<ModelEvent> events = decoder.decode(buffer((text("a") + DONE).getBytes(StandardCharsets.UTF_8))).take();
		assertThat(events).hasSize(3).last().isInstanceOf(Finished.class);
	}

	@Test
	void doesNotListenAfterDone() {
		Answer answer = answer(text("a") + DONE + text("b") + "data: {\"error\":{\"code\":500}}\n\n" + DONE);
		assertThat(answer.text()).isEqualTo("a");
		assertThat(answer.error()).isNull();
		assertThat(answer.events()).filteredOn(Finished.class::isInstance).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"choices\":[],%s}",
			"{\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":null}],%s}",
			"{\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"stop\"}],%s}" })
	void takesUsageInEveryShape(String shape) {
		String usage = "data: " + shape.formatted("\"usage\":{\"prompt_tokens\":%d}") + "\n\n";
		Finished finished = answer(text("a") + STOP + usage.formatted(5) + usage.formatted(7) + DONE).finished();
		assertThat(finished.reason()).isEqualTo(FinishReason.STOP);
		assertThat(finished.usage().promptTokens()).isEqualTo(7);
	}

	@Test
	void doneWithoutFinishReasonIsGoodEnd() {
		assertThat(answer(text("a") + DONE).finished().reason()).isEqualTo(FinishReason.STOP);
	}

	@ParameterizedTest
	@ValueSource(strings = { "error: {\"code\":500,\"message\":\"Compute error.\"}\n\n",
			"error: {\"code\":500,\"message\":\"Compute error.\"}\n",
			"event: error\ndata: {\"message\":\"Compute error.\"}\n\n",
			"{\n  \"error\": {\"message\": \"Compute error.\"}\n}\n\n", "data: [{\"error\":{\"code\":500}}]\n\n",
			"data: {\"object\":\"error\",\"message\":\"Compute error.\"}\n\n",
			"data: {\"detail\":\"Compute error.\"}\n\n" })
	void errorEndsAnswerInEveryShape(String error) {
		assertThat(answer(error + DONE).failure()).isEqualTo(Kind.ERROR);
		Answer broken = answer(text("Hel") + error + text("no") + DONE);
		assertThat(broken.text()).isEqualTo("Hel");
		assertThat(broken.failure()).isEqualTo(Kind.ERROR);
		assertThat(broken.finished()).isNull();
	}

	@Test
	void readsChunkWithoutFieldName() {
		assertThat(answer("{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n" + DONE).text()).isEqualTo("a");
	}

	@Test
	void passesOverBareTextThatIsNoJson() {
		assertThat(answer("[warming up\n\n" + text("a") + DONE).text()).isEqualTo("a");
	}

	@Test
	void neitherFinishReasonNorDoneIsBrokenOff() {
		assertThat(answer(text("a")).failure()).isEqualTo(Kind.INTERRUPTED);
		assertThat(answer(reasoning("a")).failure()).isEqualTo(Kind.INTERRUPTED);
		assertThat(answer(": comment\n\n").failure()).isEqualTo(Kind.UNAVAILABLE);
		assertThat(answer("").failure()).isEqualTo(Kind.UNAVAILABLE);
	}

	@Test
	void noTextIsNoAnswer() {
		assertThat(answer(STOP + DONE).failure()).isEqualTo(Kind.INVALID_RESPONSE);
		assertThat(answer(finish("length", "")).failure()).isEqualTo(Kind.INVALID_RESPONSE);
		assertThat(answer(reasoning("a") + STOP).failure()).isEqualTo(Kind.INTERRUPTED);
		assertThat(answer(finish("content_filter", "")).failure()).isEqualTo(Kind.MODERATION);
		assertThat(answer("<html><body>data</body></html>").failure()).isEqualTo(Kind.UNAVAILABLE);
	}

	@Test
	void reasoningUpToTheLimitIsAnAnswer() {
		assertThat(answer(reasoning("a") + finish("length", "")).finished().reason()).isEqualTo(FinishReason.LENGTH);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"error\":{\"code\":429}}", "{\"error\":{\"code\":\"429\"},\"choices\":[]}",
			"{\"error\":{\"metadata\":{\"error_type\":\"rate_limit_exceeded\"},\"code\":null}}",
			"{\"choices\":[{\"error\":{\"code\":429},\"finish_reason\":\"error\"}]}" })
	void failsWithErrorInStream(String error) {
		String event = "data: " + error + "\n\n";
		assertThat(answer(event).failure()).isEqualTo(Kind.RATE_LIMITED);
		Answer late = answer(text("a") + STOP + event + DONE);
		assertThat(late.text()).isEqualTo("a");
		assertThat(late.failure()).isEqualTo(Kind.RATE_LIMITED);
		assertThat(late.finished()).isNull();
	}

	@Test
	void failsWithFinishReasonError() {
		assertThat(answer(text("a") + finish("error", "") + DONE).failure()).isEqualTo(Kind.ERROR);
	}

	@Test
	void failsWithWhatIsNoJson() {
		assertThat(answer("data: <html>\n\n").failure()).isEqualTo(Kind.INVALID_RESPONSE);
		assertThat(answer(text("a") + "data: {\"x\":\n\n").failure()).isEqualTo(Kind.INTERRUPTED);
	}

	@Test
	void mendsWhatIsNoUtf8() {
		byte[] bytes = (text("a#b") + DONE).getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (bytes[i] == '#') ? (byte) 0xFF : bytes[i];
		}
		assertThat(answer(bytes).text()).isEqualTo("a\uFFFDb");
	}

	@Test
	void joinsSurrogatePairThatWasCutInTwo() {
		String first = "data: {\"choices\":[{\"delta\":{\"content\":\"a\\ud83d\"}}]}\n\n";
		String second = "data: {\"choices\":[{\"delta\":{\"content\":\"\\ude00b\"}}]}\n\n";
		assertThat(decode(first, second + DONE)).startsWith(new Text("a"), new Text("\uD83D\uDE00b"));
		assertThat(answer(first + second + DONE).text()).isEqualTo("a\uD83D\uDE00b");
		assertThat(answer(second + first + DONE).text()).isEqualTo("\uFFFDba\uFFFD");
		assertThat(answer(first + STOP).text()).isEqualTo("a\uFFFD");
	}

	@Test
	void losesNothingThatWasDecodedAndNotTaken() {
		AnswerDecoder decoder = decoder(4096);
		decoder.decode(buffer((text("a") + DONE).getBytes(StandardCharsets.UTF_8)));
		decoder.breakOff(Failure.of(Kind.TIMEOUT, "late"));
		assertThat(decoder.conclude().collectList().block()).hasSize(3).last().isInstanceOf(Finished.class);
	}

	@Test
	void refusesTooLongEvent() {
		assertThat(answer(text("a") + "data: " + "x".repeat(5000)).failure()).isEqualTo(Kind.INTERRUPTED);
		assertThat(answer("data: " + "x".repeat(5000)).failure()).isEqualTo(Kind.INVALID_RESPONSE);
	}

	@Test
	void wholeAnswerSurvivesBrokenConnection() {
		AnswerDecoder decoder = decoder(4096);
		decoder.decode(buffer((text("a") + STOP).getBytes(StandardCharsets.UTF_8))).take();
		decoder.breakOff(Failure.of(Kind.UNAVAILABLE, "reset"));
		assertThat(decoder.conclude().collectList().block()).singleElement().isInstanceOf(Finished.class);
	}

	private static String text(String text) {
		return "data: " + Script.textChunk(text) + "\n\n";
	}

	private static String reasoning(String text) {
		return "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":%s}}]}\n\n".formatted(Script.quote(text));
	}

	private static String finish(String reason, String text) {
		return "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"},\"finish_reason\":\"%s\"}]}\n\n".formatted(text,
				reason);
	}

	private static List<ModelEvent> decode(String... parts) {
		return answer(parts).events();
	}

	private static Answer answer(String... parts) {
		return answer(Arrays.stream(parts).map((part) -> part.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
	}

	private static Answer answer(byte[]... parts) {
		AnswerDecoder decoder = decoder(4096);
		Flux<ModelEvent> events = Flux.fromArray(parts)
			.map(AnswerDecoderTests::buffer)
			.map(decoder::decode)
			.takeUntil(AnswerDecoder::isCut)
			.concatMapIterable(AnswerDecoder::take)
			.concatWith(Flux.defer(decoder::conclude));
		return Answer.of(events.onErrorMap(Failure.class, (ex) -> ex.toUpstreamException(ex.detail())),
				Duration.ofSeconds(5));
	}

	private static AnswerDecoder decoder(int maxEvent) {
		OpenRouterSettings.Timeout timeout = TestModel.settings(java.util.Map.of()).timeout();
		return new AnswerDecoder(TestModel.limits(maxEvent),
				new SilenceWatch(timeout, System.nanoTime() + Long.MAX_VALUE / 2), ThoughtTags.Start.NEW,
				(thinking) -> {
				});
	}

	private static org.springframework.core.io.buffer.DataBuffer buffer(byte[] bytes) {
		return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
	}

}
