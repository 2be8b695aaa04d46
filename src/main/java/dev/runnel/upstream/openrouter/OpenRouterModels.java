package dev.runnel.upstream.openrouter;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelDirectory;
import dev.runnel.upstream.UpstreamException;
import dev.runnel.upstream.UpstreamFailure.Kind;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Asks the endpoint for its models. The list has hundreds of models, so it has its own
 * size limit and is parsed off the event loops.
 */
final class OpenRouterModels implements ModelDirectory {

	private static final List<String> WELL_KNOWN = List.of("openrouter/auto", "openai/gpt-5-mini",
			"anthropic/claude-sonnet-4.6");

	private final OpenRouterSettings settings;

	private final WebClient client;

	private final URI uri;

	private final LogText logText;

	OpenRouterModels(OpenRouterSettings settings, WebClient client) {
		this.settings = settings;
		this.client = client;
		this.logText = new LogText(settings.apiKey());
		this.uri = URI.create("/models");
	}

	@Override
	public Mono<List<Model>> list() {
		if (!this.settings.configured()) {
			return Mono.empty();
		}
		return this.client.get()
			.uri(this.uri)
			.accept(MediaType.APPLICATION_JSON)
			.exchangeToMono(this::read)
			.publishOn(Schedulers.boundedElastic())
			.map((json) -> ModelListReader.read(json, this.settings.isOpenRouter()))
			.filter((models) -> !models.isEmpty())
			.switchIfEmpty(Mono.error(() -> Failure.of(Kind.INVALID_RESPONSE, "a list without models")))
			.onErrorMap(this::exception);
	}

	private UpstreamException exception(Throwable ex) {
		Failure failure = FailureRules.ofException(ex);
		return failure.toUpstreamException(this.logText.clean(failure.detail()));
	}

	@Override
	public List<Model> builtIn() {
		List<String> ids = new ArrayList<>();
		Optional.ofNullable(this.settings.knownModel()).ifPresent(ids::add);
		ids.addAll(this.settings.models());
		Stream<String> known = this.settings.isOpenRouter() ? Stream.concat(ids.stream(), WELL_KNOWN.stream())
				: ids.stream();
		return known.distinct().map(Model::of).toList();
	}

	private Mono<byte[]> read(ClientResponse response) {
		if (!response.statusCode().is2xxSuccessful()) {
			return Mono.error(FailureRules.ofStatus(response.statusCode().value(), ErrorReport.NONE, null));
		}
		int limit = Math.toIntExact(this.settings.maxModelList().toBytes());
		return DataBufferUtils.join(response.body(BodyExtractors.toDataBuffers()), limit).map(OpenRouterModels::bytes);
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

}
