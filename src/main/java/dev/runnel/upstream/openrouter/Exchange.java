package dev.runnel.upstream.openrouter;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import dev.runnel.upstream.UpstreamFailure.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Sends a request and opens the answer. It checks status and content type before anything
 * is decoded. A response that is no event stream becomes a {@link Failure}.
 */
final class Exchange {

	private static final Logger log = LoggerFactory.getLogger(Exchange.class);

	private static final int MAX_ERROR_BYTES = 64 * 1024;

	private static final Duration MAX_ERROR_TIME = Duration.ofSeconds(3);

	private final WebClient client;

	private final URI uri;

	private final LogText logText;

	Exchange(WebClient client, URI uri, LogText logText) {
		this.client = client;
		this.uri = uri;
		this.logText = logText;
	}

	/**
	 * Sends a request. A cancelled subscription closes the connection in every phase.
	 * @param body the request body
	 * @return the response body, whose buffers the subscriber must release
	 */
	Flux<DataBuffer> send(RequestBody body) {
		return Flux.defer(() -> {
			ExchangeChannel channel = new ExchangeChannel();
			return post(body).contextWrite((context) -> context.put(ExchangeChannel.class, channel))
				.cancelOn(Schedulers.fromExecutor(channel));
		});
	}

	private Flux<DataBuffer> post(RequestBody body) {
		WebClient.RequestBodySpec post = this.client.post()
			.uri(this.uri)
			.contentType(MediaType.APPLICATION_JSON)
			.accept(MediaType.TEXT_EVENT_STREAM);
		return (body.hasFiles() ? withFiles(post, body) : post.bodyValue(body.bytes())).exchangeToFlux(this::open);
	}

	private static WebClient.RequestHeadersSpec<?> withFiles(WebClient.RequestBodySpec post, RequestBody body) {
		Flux<DataBuffer> buffers = body.pieces().map(DefaultDataBufferFactory.sharedInstance::wrap);
		return post.contentLength(body.length()).body(BodyInserters.fromDataBuffers(buffers));
	}

	private Flux<DataBuffer> open(ClientResponse response) {
		HttpStatusCode status = response.statusCode();
		if (status.is2xxSuccessful() && isReadableStream(response.headers().asHttpHeaders())) {
			logGeneration(response);
			return response.body(BodyExtractors.toDataBuffers());
		}
		return report(response).flatMapMany((report) -> Flux.error(failure(response, report)));
	}

	private static boolean isReadableStream(HttpHeaders headers) {
		String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
		return MediaType.TEXT_EVENT_STREAM.isCompatibleWith(contentType(headers))
				&& (encoding == null || encoding.equalsIgnoreCase("identity"));
	}

	private static @Nullable MediaType contentType(HttpHeaders headers) {
		try {
			return headers.getContentType();
		}
		catch (InvalidMediaTypeException ex) {
			return null;
		}
	}

	/** Reads the error report of a response that is no stream, within a time limit. */
	private Mono<ErrorReport> report(ClientResponse response) {
		BodyPrefix prefix = new BodyPrefix(MAX_ERROR_BYTES);
		return response.body(BodyExtractors.toDataBuffers())
			.map(prefix::append)
			.takeUntil(BodyPrefix::isFull)
			.then()
			.timeout(MAX_ERROR_TIME)
			.onErrorComplete()
			.then(Mono.fromSupplier(prefix::report));
	}

	private static Failure failure(ClientResponse response, ErrorReport report) {
		int status = response.statusCode().value();
		HttpHeaders headers = response.headers().asHttpHeaders();
		if (!response.statusCode().is2xxSuccessful()) {
			return FailureRules.ofStatus(status, report, RetryAfter.of(headers));
		}
		if (report != ErrorReport.NONE) {
			return FailureRules.ofReport(report);
		}
		return Failure.of(Kind.INVALID_RESPONSE, "HTTP %d with content type %s instead of an event stream"
			.formatted(status, headers.getFirst(HttpHeaders.CONTENT_TYPE)));
	}

	private void logGeneration(ClientResponse response) {
		if (log.isDebugEnabled()) {
			Optional.ofNullable(response.headers().asHttpHeaders().getFirst("X-Generation-Id"))
				.map(this.logText::clean)
				.ifPresent((id) -> log.debug("Upstream answers as generation {}", id));
		}
	}

}
