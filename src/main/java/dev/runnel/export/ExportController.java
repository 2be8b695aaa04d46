package dev.runnel.export;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;

import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Conversations;
import dev.runnel.memory.ResponseRoom;
import dev.runnel.web.BodyPieces;
import dev.runnel.web.ReaderZone;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Lets visitors download their conversations as files.
 */
@RestController
@RequestMapping("/api/conversations")
final class ExportController {

	private static final MediaType ZIP = new MediaType("application", "zip");

	private final Conversations conversations;

	private final Exports exports;

	private final ResponseRoom room;

	private final Clock clock = Clock.systemUTC();

	ExportController(Conversations conversations, Exports exports, ResponseRoom room) {
		this.conversations = conversations;
		this.exports = exports;
		this.room = room;
	}

	/** Downloads one conversation. */
	@GetMapping("/{id}/export")
	Mono<ResponseEntity<Flux<DataBuffer>>> one(Visitor visitor, @PathVariable UUID id,
			@RequestParam(defaultValue = "markdown") String format, Locale locale, ServerWebExchange exchange) {
		ExportFormat form = this.exports.format(format);
		return this.conversations.head(visitor, new ConversationId(id))
			.delayUntil((head) -> this.conversations.length(visitor, head.id())
				.doOnNext((length) -> this.room.enter(exchange, length.heapInPages())))
			.map((head) -> download(form.type(), name(head, form),
					this.exports.write(visitor, head, form, locale, ReaderZone.of(exchange)), exchange.getResponse()));
	}

	private static String name(ConversationHead head, ExportFormat format) {
		return new FileNames().of(head, format.extension());
	}

	/** Downloads all conversations of the visitor in one zip. */
	@GetMapping("/export")
	Mono<ResponseEntity<Flux<DataBuffer>>> all(Visitor visitor, ServerWebExchange exchange) {
		String name = "Conversations " + LocalDate.now(this.clock) + ".zip";
		return this.conversations.length(visitor)
			.doOnNext((length) -> this.room.enter(exchange, length.heapInPages()))
			.map((length) -> download(ZIP, name, this.exports.writeAll(visitor), exchange.getResponse()));
	}

	private static ResponseEntity<Flux<DataBuffer>> download(MediaType type, String name, Flux<byte[]> pieces,
			ServerHttpResponse response) {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.contentType(type)
			.header(HttpHeaders.CONTENT_DISPOSITION, disposition(name).toString())
			.body(BodyPieces.cut(pieces, response.bufferFactory()));
	}

	/** Sends a name that is not ASCII in both forms (RFC 6266, appendix D). */
	private static ContentDisposition disposition(String name) {
		ContentDisposition.Builder attachment = ContentDisposition.attachment();
		boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(name);
		return (ascii ? attachment.filename(name) : attachment.filename(name, StandardCharsets.UTF_8)).build();
	}

}
