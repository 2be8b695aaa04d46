package dev.runnel.upstream.openrouter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.runnel.upstream.ModelRoute;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Prompt.Message;
import dev.runnel.upstream.Prompt.Sampling;
import dev.runnel.upstream.ReasoningEffort;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.TestPrompts;
import org.junit.jupiter.api.Test;
import org.skyscreamer.jsonassert.JSONAssert;
import org.skyscreamer.jsonassert.JSONCompareMode;

/**
 * Tests for {@link CompletionRequest}.
 */
class CompletionRequestTests {

	private static final Map<String, String> OTHER = Map.of("base-url", "http://localhost/v1", "model", "qwen");

	@Test
	void asksOpenRouterWithAllItKnows() throws Exception {
		Sampling sampling = new Sampling(0.5, 0.9, 100, ReasoningEffort.HIGH);
		Prompt prompt = new Prompt("acme/chat-1",
				List.of(new Message(Role.SYSTEM, "Be brief."), new Message(Role.USER, "Hi"),
						new Message(Role.ASSISTANT, "Hello"), new Message(Role.USER, "Why?")),
				sampling, "hash", "c-42")
			.along(List.of(new ModelRoute("acme/chat-1", "OpenRouter", "acme/chat-1").or("acme/chat-2")));
		assertRequest(Map.of(), prompt, """
				{"model":"acme/chat-1","stream":true,"models":["acme/chat-2"],"max_tokens":100,"temperature":0.5,
				"top_p":0.9,"reasoning":{"effort":"high"},"user":"hash","session_id":"c-42","messages":[
				{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},
				{"role":"assistant","content":"Hello"},{"role":"user","content":"Why?"}]}""");
	}

	@Test
	void letsOpenRouterSearchTheWebAFewTimes() throws Exception {
		Prompt prompt = new Prompt("acme/chat-1", List.of(new Message(Role.USER, "Hi")), TestPrompts.SAMPLING, null,
				null)
			.along(List.of(new ModelRoute("acme/chat-1", "OpenRouter", "acme/chat-1").searching()));
		assertRequest(Map.of("max-searches", "3"), prompt, """
				{"model":"acme/chat-1","stream":true,"max_tokens":4096,"messages":[{"role":"user","content":"Hi"}],
				"tools":[{"type":"openrouter:web_search","parameters":{"max_uses":3}}],"max_tool_calls":3}""");
	}

	@Test
	void asksOthersWithWhatAllKnow() throws Exception {
		Prompt prompt = new Prompt(null, List.of(new Message(Role.USER, "Hi")),
				new Sampling(null, null, null, ReasoningEffort.LOW), "hash", "c-42")
			.along(List.of(new ModelRoute("local/qwen", "local", "qwen").or("other").searching()));
		assertRequest(OTHER, prompt, """
				{"model":"qwen","stream":true,"stream_options":{"include_usage":true},"max_tokens":4096,
				"reasoning_effort":"low","messages":[{"role":"user","content":"Hi"}]}""");
	}

	@Test
	void cutsTokensToTheLimit() throws Exception {
		Prompt prompt = prompt("Hi", new Sampling(null, null, 1_000_000, null));
		assertRequest(Map.of("base-url", "http://localhost/v1", "max-tokens-limit", "8192"), prompt, """
				{"model":"meta-llama/llama-3.3-70b-instruct","stream":true,"stream_options":{"include_usage":true},
				"max_tokens":8192,"messages":[{"role":"user","content":"Hi"}]}""");
	}

	@Test
	void questionsInARowBecomeOne() throws Exception {
		Prompt prompt = new Prompt(null,
				List.of(new Message(Role.SYSTEM, "Be brief."), new Message(Role.USER, "a"), new Message(Role.USER, "b"),
						new Message(Role.ASSISTANT, "c"), new Message(Role.USER, "d"), new Message(Role.USER, "e"),
						new Message(Role.USER, "f")),
				TestPrompts.SAMPLING, null, null);
		assertRequest(OTHER, prompt, """
				{"model":"qwen","stream":true,"stream_options":{"include_usage":true},"max_tokens":4096,"messages":[
				{"role":"system","content":"Be brief."},{"role":"user","content":"a\\n\\nb"},
				{"role":"assistant","content":"c"},{"role":"user","content":"d\\n\\ne\\n\\nf"}]}""");
	}

	@Test
	void writesEveryTextAsUtf8() throws Exception {
		assertRequest(OTHER, prompt("a\uD800b\uDC00\u0000\uD83D\uDE00\u202E\"", TestPrompts.SAMPLING), """
				{"model":"qwen","stream":true,"stream_options":{"include_usage":true},"max_tokens":4096,
				"messages":[{"role":"user","content":"a\uFFFDb\uFFFD\\u0000\uD83D\uDE00\u202E\\""}]}""");
	}

	private static Prompt prompt(String question, Sampling sampling) {
		return new Prompt(null, List.of(new Message(Role.USER, question)), sampling, null, null);
	}

	private static void assertRequest(Map<String, String> settings, Prompt prompt, String expected) throws Exception {
		byte[] request = Json.MAPPER
			.writeValueAsBytes(CompletionRequest.of(prompt, TestModel.settings(settings), ModelDialect.COMMON));
		JSONAssert.assertEquals(expected, new String(request, StandardCharsets.UTF_8), JSONCompareMode.STRICT);
	}

}
