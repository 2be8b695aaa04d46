package dev.runnel.upstream.openrouter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.runnel.upstream.UpstreamFailure.Kind;
import dev.runnel.upstream.openrouter.CompletionRequest.Field;
import dev.runnel.upstream.openrouter.ModelDialect.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorReport} and for the {@link FailureRules} that read it.
 */
class ErrorReportTests {

	@Test
	void readsDocumentedShape() {
		ErrorReport report = read("""
				{"error":{"code":429,"message":"Rate limit exceeded","metadata":{"error_type":"rate_limit_exceeded",
				"provider_name":"Acme","raw":"slow down","headers":{"Retry-After":"7"}}},"user_id":"user_x"}""");
		assertThat(report.status()).isEqualTo(429);
		assertThat(report.types()).containsExactly("rate_limit_exceeded");
		assertThat(report.provider()).isEqualTo("Acme");
		assertThat(report.message()).isEqualTo("Rate limit exceeded: slow down");
		assertThat(report.retryAfter()).isEqualTo(Duration.ofSeconds(7));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "no json", "<html>", "[]", "7", "{}", "{\"error\":null}", "{\"error\":false}",
			"{\"choices\":[]}" })
	void nothingReadableIsNoReport(String body) {
		assertThat(read(body)).isSameAs(ErrorReport.NONE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"error\":{}}", "{\"error\":7}", "{\"error\":[]}", "{\"error\":\"x\"}",
			"{\"error\":{\"code\":[],\"message\":{},\"metadata\":\"x\",\"availability\":7}}",
			"{\"error\":{\"code\":-1,\"metadata\":{\"raw\":{\"a\":1},\"retry_after_seconds\":-5}}}" })
	void oddReportIsGeneralError(String body) {
		assertThat(FailureRules.ofReport(read(body)).kind()).isEqualTo(Kind.ERROR);
	}

	@ParameterizedTest
	@CsvSource({ "context_length_exceeded,CONTEXT_TOO_LONG", "max_tokens_exceeded,REFUSED",
			"authentication,UNAUTHORIZED", "permission_denied,REFUSED", "payment_required,CREDITS",
			"rate_limit_exceeded,RATE_LIMITED", "provider_overloaded,UNAVAILABLE", "provider_unavailable,UNAVAILABLE",
			"invalid_request,REFUSED", "invalid_prompt,REFUSED", "not_found,MODEL_UNAVAILABLE",
			"payload_too_large,CONTEXT_TOO_LONG", "content_policy_violation,MODERATION", "refusal,MODERATION",
			"server,ERROR", "timeout,TIMEOUT", "unmapped,REFUSED", "something_new,REFUSED" })
	void typeDecidesBeforeStatus(String type, Kind kind) {
		ErrorReport report = read("{\"error\":{\"code\":400,\"metadata\":{\"error_type\":\"%s\"}}}".formatted(type));
		assertThat(FailureRules.ofStatus(400, report, null).kind()).isEqualTo(kind);
		assertThat(FailureRules.ofReport(report).kind()).isEqualTo(kind);
	}

	@ParameterizedTest
	@CsvSource({ "context_length_exceeded,CONTEXT_TOO_LONG", "invalid_api_key,UNAUTHORIZED",
			"insufficient_quota,CREDITS", "model_not_found,MODEL_UNAVAILABLE" })
	void knowsCodesOfOtherServers(String code, Kind kind) {
		ErrorReport report = read("{\"error\":{\"message\":\"m\",\"type\":\"x\",\"code\":\"%s\"}}".formatted(code));
		assertThat(FailureRules.ofStatus(400, report, null).kind()).isEqualTo(kind);
	}

	@Test
	void moderationIsKnownByItsMetadata() {
		ErrorReport report = read(
				"{\"error\":{\"code\":403,\"metadata\":{\"reasons\":[\"violence\"],\"flagged_input\":\"x\"}}}");
		assertThat(FailureRules.ofStatus(403, report, null).kind()).isEqualTo(Kind.MODERATION);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
			textBlock = """
					{"object":"error","message":"This model's maximum context length is 4096 tokens."};CONTEXT_TOO_LONG
					[{"error":{"code":400,"message":"The input token count exceeds 4096","status":"INVALID_ARGUMENT"}}];CONTEXT_TOO_LONG
					[{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT"}}];UNAUTHORIZED
					{"detail":"Context window exceeded"};CONTEXT_TOO_LONG
					{"detail":[{"loc":["body","messages"],"msg":"prompt is too long","type":"x"}]};CONTEXT_TOO_LONG
					{"message":{"detail":[{"msg":"too many tokens"}]}};CONTEXT_TOO_LONG
					{"error":"model 'qwen' not found, try pulling it first"};MODEL_UNAVAILABLE
					{"errors":[{"message":"Insufficient balance"}]};CREDITS
					{"error":"bad"};REFUSED
					""")
	void readsShapesOfOtherServers(String body, Kind kind) {
		ErrorReport report = read(body);
		assertThat(report.message()).isNotEmpty();
		Failure failure = FailureRules.ofStatus(400, report, null);
		assertThat(failure.kind()).isEqualTo(kind);
		assertThat(failure.detail()).contains(report.message());
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
			textBlock = """
					{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","param":"max_tokens"}};MAX_TOKENS;false
					{"detail":[{"loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]};STREAM_OPTIONS;false
					{"message":{"detail":[{"loc":["body","max_completion_tokens"],"msg":"Extra inputs are not permitted"}]}};MAX_COMPLETION_TOKENS;false
					{"object":"error","message":"'max_tokens' or 'max_completion_tokens' is too large: 4096. This model's maximum context length is 4096 tokens and your request has 12 input tokens"};MAX_TOKENS;true
					{"error":{"message":"However, you requested 4108 tokens (12 in the messages, 4096 in the completion)"}};MAX_TOKENS;true
					{"error":"unknown field reasoning_effort"};REASONING_EFFORT;false
					""")
	void findsRefusedField(String body, Field field, boolean tooLarge) {
		assertThat(FailureRules.ofStatus(400, read(body), null).refusal()).isEqualTo(new Refusal(field, tooLarge));
	}

	@Test
	void contextTooLongIsKnownByItsText() {
		ErrorReport report = read(
				"{\"error\":{\"code\":400,\"message\":\"This endpoint's maximum context length is 8192 tokens.\"}}");
		assertThat(FailureRules.ofStatus(400, report, null).kind()).isEqualTo(Kind.CONTEXT_TOO_LONG);
	}

	private static ErrorReport read(String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return ErrorReport.read(bytes, 0, bytes.length);
	}

}
