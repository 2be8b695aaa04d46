package dev.runnel.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.codec.ServerSentEvent;

/**
 * Writes the encoded bytes of log entries. Spring's own writer would encode them again
 * for each reader, and it omits the space after {@code data:} that the wire contract
 * promises.
 */
final class LogEntryHttpMessageWriter implements HttpMessageWriter<ServerSentEvent<LogEntry>> {

	private static final MediaType EVENT_STREAM = new MediaType(MediaType.TEXT_EVENT_STREAM, StandardCharsets.UTF_8);

	@Override
	public List<MediaType> getWritableMediaTypes() {
		return List.of(MediaType.TEXT_EVENT_STREAM);
	}

	@Override
	public boolean canWrite(ResolvableType elementType, @Nullable MediaType mediaType) {
		return isOfEntries(elementType) && (mediaType == null || MediaType.TEXT_EVENT_STREAM.includes(mediaType));
	}

	private static boolean isOfEntries(ResolvableType type) {
		return ServerSentEvent.class == type.toClass() && LogEntry.class == type.getGeneric().toClass();
	}

	@Override
	public Mono<Void> write(Publisher<? extends ServerSentEvent<LogEntry>> events, ResolvableType elementType,
			@Nullable MediaType mediaType, ReactiveHttpOutputMessage message, Map<String, Object> hints) {
		message.getHeaders().setContentType(EVENT_STREAM);
		DataBufferFactory buffers = message.bufferFactory();
		// Reactor Netty flushes at the end of each event-loop run. That is early enough
		// for every entry, and needs one flush for all entries that came together.
		return message.writeWith(Flux.from(events).map((event) -> encode(event, buffers)));
	}

	private static DataBuffer encode(ServerSentEvent<LogEntry> event, DataBufferFactory buffers) {
		LogEntry entry = event.data();
		return buffers.wrap((entry != null) ? entry.frame() : comment(event));
	}

	private static byte[] comment(ServerSentEvent<LogEntry> event) {
		return (": " + event.comment() + "\n\n").getBytes(StandardCharsets.UTF_8);
	}

}
