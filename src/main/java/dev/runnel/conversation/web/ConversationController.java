package dev.runnel.conversation.web;

import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import dev.runnel.conversation.ConversationFilter;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.SettingsBody;
import dev.runnel.conversation.Title;
import dev.runnel.memory.ResponseRoom;
import dev.runnel.models.Models;
import dev.runnel.web.BodyPieces;
import dev.runnel.web.Caller;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Lists, searches, reads, changes and deletes the visitor's conversations.
 */
@RestController
@RequestMapping("/api/conversations")
final class ConversationController {

	private final Conversations conversations;

	private final ConversationJson reader;

	private final Models models;

	private final ResponseRoom room;

	ConversationController(Conversations conversations, ConversationJson reader, Models models, ResponseRoom room) {
		this.conversations = conversations;
		this.reader = reader;
		this.models = models;
		this.room = room;
	}

	/** Returns a page of the list, or of the search hits if there is a query. */
	@GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<ListView>> list(Visitor visitor,
			@RequestParam(required = false) @Nullable @Size(max = 200,
					message = "must have at most 200 characters") String query,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(defaultValue = "30") @Range(min = 1, max = 100, message = "must be from 1 to 100") int limit,
			@RequestParam(required = false) @Nullable Boolean pinned) {
		String after = StringUtils.hasLength(cursor) ? cursor : null;
		Mono<ListView> page = StringUtils.hasText(query) ? search(visitor, query, after, limit, pinned)
				: this.conversations.list(visitor, filter(pinned), after, limit).map(ListView::of);
		return page.map((view) -> ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(view));
	}

	private Mono<ListView> search(Visitor visitor, String query, @Nullable String cursor, int limit,
			@Nullable Boolean pinned) {
		if (pinned != null) {
			throw ProblemException.field("pinned", "cannot be combined with query");
		}
		return this.conversations.search(visitor, Title.line(query), cursor, limit).map(ListView::of);
	}

	private static ConversationFilter filter(@Nullable Boolean pinned) {
		if (pinned == null) {
			return ConversationFilter.ALL;
		}
		return pinned ? ConversationFilter.PINNED : ConversationFilter.UNPINNED;
	}

	/**
	 * Returns a conversation with all its messages. The body is written while the
	 * messages are read.
	 */
	@GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<Flux<DataBuffer>>> read(Visitor visitor, @PathVariable UUID id,
			@RequestParam(defaultValue = "html") @Pattern(regexp = "html|markdown",
					message = "must be html or markdown") String format,
			ServerWebExchange exchange) {
		boolean html = format.equals("html");
		DataBufferFactory buffers = exchange.getResponse().bufferFactory();
		return this.conversations.head(visitor, new ConversationId(id))
			.delayUntil((head) -> this.conversations.length(visitor, head.id())
				.doOnNext((length) -> this.room.enter(exchange, length.heapInPages())))
			.map((head) -> ResponseEntity.ok()
				.cacheControl(CacheControl.noStore())
				.contentType(MediaType.APPLICATION_JSON)
				.body(BodyPieces.cut(this.reader.read(visitor, head, html), buffers)));
	}

	/** Changes the title, the pin, the branch that is shown, or the settings. */
	@PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<HeadView> change(Visitor visitor, Caller caller, @PathVariable UUID id,
			@Valid @RequestBody ChangeRequest request) {
		this.models.of(caller.standing()).check(SettingsBody.modelOf(request.settings()), "settings.model");
		return this.conversations.change(visitor, new ConversationId(id), request.toChange()).map(HeadView::of);
	}

	/** Deletes a conversation permanently. */
	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> delete(Visitor visitor, @PathVariable UUID id) {
		return this.conversations.delete(visitor, new ConversationId(id));
	}

	/** The JSON form of a conversation without its messages. */
	record HeadView(String id, String title, boolean pinned, String createdAt, String updatedAt,
			@Nullable String currentMessageId, SettingsBody settings) {

		static HeadView of(ConversationHead head) {
			return new HeadView(head.id().toString(), head.title(), head.pinned(), head.createdAt().toString(),
					head.updatedAt().toString(), (head.current() != null) ? head.current().toString() : null,
					SettingsBody.of(head.settings()));
		}

	}

}
