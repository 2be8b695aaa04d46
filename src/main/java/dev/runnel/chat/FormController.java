package dev.runnel.chat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

import dev.runnel.web.Caller;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.FormToken;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import dev.runnel.web.RefusedForm;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Accepts a question from the page's HTML form, for browsers without JavaScript, and
 * redirects to the conversation with its answer.
 * <p>
 * Every other endpoint that reads a body accepts only {@code application/json}, or
 * {@code application/zip} for an import. A browser sends these across sites only after a
 * preflight request, but it sends a form without one. So this form must return the
 * {@link FormToken} that the page gave this visitor. The origin check for all requests
 * applies too.
 */
@RestController
final class FormController {

	/** After this time the page shows the answer as far as it is written. */
	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final ChatService chat;

	FormController(ChatService chat) {
		this.chat = chat;
	}

	@PostMapping(path = "/ai-demo", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<ResponseEntity<Void>> ask(Caller caller, ServerWebExchange exchange) {
		return exchange.getFormData()
			.onErrorMap(IllegalArgumentException.class, FormController::unreadable)
			.flatMap((form) -> begin(form, caller, exchange))
			.flatMap((turn) -> answered(turn).thenReturn(redirect(turn, exchange)));
	}

	/**
	 * Starts the turn. The error page shows the question again if the token is right or
	 * if there is no cookie. Any other form may come from another site.
	 */
	private Mono<RunningTurn> begin(MultiValueMap<String, String> form, Caller caller, ServerWebExchange exchange) {
		checkToken(form, caller, exchange);
		return Mono.defer(() -> this.chat.begin(caller, request(form), AnswerTexts.plain()))
			.doOnError((ex) -> refused(form).keepIn(exchange));
	}

	private static RefusedForm refused(MultiValueMap<String, String> form) {
		return new RefusedForm(message(form), form.getFirst("conversationId"), form.getFirst(FormToken.FIELD), true);
	}

	private static String message(MultiValueMap<String, String> form) {
		return Objects.requireNonNullElse(form.getFirst("message"), "");
	}

	/**
	 * Waits for the answer. A timeout or a disconnect does not end the turn, which
	 * belongs to the server.
	 */
	private static Mono<Void> answered(RunningTurn turn) {
		return turn.log().read(0).then().timeout(TIMEOUT, Mono.empty());
	}

	private static ResponseEntity<Void> redirect(RunningTurn turn, ServerWebExchange exchange) {
		String base = exchange.getRequest().getPath().contextPath().value();
		return ResponseEntity.status(HttpStatus.SEE_OTHER)
			.location(URI.create(base + "/ai-demo/c/" + turn.turn().conversation()))
			.build();
	}

	private static void checkToken(MultiValueMap<String, String> form, Caller caller, ServerWebExchange exchange) {
		FormToken expected = exchange.getAttribute(FormToken.ATTRIBUTE);
		if (!matches(form.getFirst(FormToken.FIELD), expected)) {
			throw caller.known() ? forbidden("This form is out of date or belongs to another visitor. Reload the page.")
				.because(Reason.FORM_OUTDATED) : withoutCookie(form, expected, exchange);
		}
	}

	/**
	 * Keeps the text of a form that came without a cookie of this server. The error page
	 * gives it the token for the cookie of its own response, so that it can be sent again
	 * when cookies are allowed. It does not keep the id of a conversation, because a
	 * visitor without a cookie has none.
	 */
	private static ProblemException withoutCookie(MultiValueMap<String, String> form, @Nullable FormToken token,
			ServerWebExchange exchange) {
		new RefusedForm(message(form), null, (token != null) ? token.value() : null, false).keepIn(exchange);
		return forbidden("The request has no cookie of this server. Allow cookies, then send the form again.");
	}

	private static ProblemException forbidden(String detail) {
		return ProblemException.of(HttpStatus.FORBIDDEN, ErrorCode.INVALID_REQUEST, detail);
	}

	private static boolean matches(@Nullable String sent, @Nullable FormToken expected) {
		return sent != null && expected != null && MessageDigest.isEqual(bytes(sent), bytes(expected.value()));
	}

	private static ProblemException unreadable(Throwable ex) {
		return ProblemException.of(ErrorCode.INVALID_REQUEST, "This form is not well-formed.");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static ChatRequest request(MultiValueMap<String, String> form) {
		return ChatRequest.ofForm(form.getFirst("message"), id(form.getFirst("conversationId")));
	}

	private static @Nullable UUID id(@Nullable String text) {
		try {
			return StringUtils.hasText(text) ? UUID.fromString(text) : null;
		}
		catch (IllegalArgumentException ex) {
			throw ProblemException.field("conversationId", "must be the id of a conversation");
		}
	}

}
