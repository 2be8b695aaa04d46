package dev.runnel.attachments;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import dev.runnel.conversation.Attachments;
import dev.runnel.memory.ResponseRoom;
import dev.runnel.upstream.Attachment;
import dev.runnel.uploads.UploadedFile;
import dev.runnel.web.BodyPieces;
import dev.runnel.web.Caller;
import dev.runnel.web.SignedIn;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Takes files that visitors attach to questions, and sends them back.
 */
@RestController
@RequestMapping("/api/files")
final class AttachmentController {

	/** A browser that shows a file runs and loads nothing. */
	private static final String POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

	/** The heap of a download: a piece that is read, and one that is sent. */
	private static final long DOWNLOAD_BYTES = 64 * 1024;

	private final FileUploads uploads;

	private final Attachments attachments;

	private final AttachmentSettings settings;

	private final ResponseRoom room;

	AttachmentController(FileUploads uploads, Attachments attachments, AttachmentSettings settings, ResponseRoom room) {
		this.uploads = uploads;
		this.attachments = attachments;
		this.settings = settings;
		this.room = room;
	}

	/**
	 * Takes a file. The body is the file itself. Its type is one that a browser sends to
	 * another site only after a preflight request.
	 */
	@PostMapping(consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	Mono<Attachment> add(Caller caller, @RequestHeader HttpHeaders headers,
			@RequestParam(defaultValue = "") String name, @RequestBody Flux<DataBuffer> body) {
		if (headers.getContentLength() > this.settings.maxSize().toBytes()) {
			throw UploadedFile.tooLarge(this.settings.maxSize());
		}
		return this.uploads.take(caller, name, body);
	}

	/** Makes a file of some pages of a PDF. */
	@PostMapping(path = "/{id}/pages", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	Mono<Attachment> pages(Caller caller, @PathVariable UUID id, @RequestBody PageRange pages) {
		return this.uploads.pages(caller, id, pages);
	}

	/** Sends a file. A browser shows pictures, and saves everything else. */
	@GetMapping("/{id}")
	Mono<ResponseEntity<Flux<DataBuffer>>> read(Visitor visitor, @PathVariable UUID id, ServerWebExchange exchange) {
		return this.attachments.get(visitor, id)
			.doOnNext((file) -> this.room.enter(exchange, DOWNLOAD_BYTES))
			.map((file) -> ResponseEntity.ok()
				.cacheControl(caching(exchange))
				.eTag("\"" + file.id() + "\"")
				.contentType(type(file))
				.contentLength(file.size())
				.header(HttpHeaders.CONTENT_DISPOSITION, disposition(file).toString())
				.header("Content-Security-Policy", POLICY)
				.body(BodyPieces.cut(this.attachments.read(file), exchange.getResponse().bufferFactory())));
	}

	/** A browser keeps nothing if somebody can sign out. */
	private static CacheControl caching(ServerWebExchange exchange) {
		return (exchange.getAttribute(SignedIn.ATTRIBUTE) != null) ? CacheControl.noStore()
				: CacheControl.noCache().cachePrivate();
	}

	private static MediaType type(Attachment file) {
		MediaType type = MediaType.parseMediaType(file.type());
		return (file.isPicture() || file.isPdf()) ? type : new MediaType(type, StandardCharsets.UTF_8);
	}

	private static ContentDisposition disposition(Attachment file) {
		ContentDisposition.Builder kind = file.isPicture() ? ContentDisposition.inline()
				: ContentDisposition.attachment();
		return kind.filename(file.name(), StandardCharsets.UTF_8).build();
	}

	/** Deletes a file that no question has. */
	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> discard(Visitor visitor, @PathVariable UUID id) {
		return this.attachments.discard(visitor, id);
	}

}
