package dev.runnel.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationChange;
import dev.runnel.conversation.ConversationFilter;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationLength;
import dev.runnel.conversation.ConversationPage;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Preset;
import dev.runnel.conversation.PresetId;
import dev.runnel.conversation.Presets;
import dev.runnel.conversation.SearchHit;
import dev.runnel.conversation.SearchHit.Snippet;
import dev.runnel.conversation.SearchPage;
import dev.runnel.conversation.Title;
import dev.runnel.upstream.Role;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The storage behind the scripted chat: in memory, for one visitor, open to the test.
 */
final class ScriptedConversations implements Conversations, Presets {

	private final Map<ConversationId, ConversationHead> heads = new ConcurrentHashMap<>();

	private final Map<ConversationId, List<Message>> messages = new ConcurrentHashMap<>();

	private final Map<PresetId, Preset> presets = new ConcurrentHashMap<>();

	/** The conversations that were deleted for good. */
	final List<ConversationId> deleted = new CopyOnWriteArrayList<>();

	void reset() {
		this.heads.clear();
		this.messages.clear();
		this.presets.clear();
		this.deleted.clear();
	}

	/** Stores a conversation whose shown branch ends in its last message. */
	ConversationId keep(String title, Instant updated, Message... kept) {
		ConversationId id = new ConversationId(UUID.randomUUID());
		MessageId current = (kept.length > 0) ? kept[kept.length - 1].id() : null;
		this.heads.put(id,
				new ConversationHead(id, title, false, false, updated, updated, current, ConversationSettings.NONE));
		this.messages.put(id, new CopyOnWriteArrayList<>(kept));
		return id;
	}

	/** Adds a question to a conversation, and creates the conversation if it is new. */
	void ask(ConversationId id, Message question) {
		this.heads.computeIfAbsent(id, (fresh) -> new ConversationHead(id, Title.ofQuestion(question.content()), false,
				false, Instant.now(), Instant.now(), question.id(), ConversationSettings.NONE));
		put(id, question);
	}

	/**
	 * Adds or replaces a message, and makes it the end of the shown branch.
	 */
	void put(ConversationId id, Message message) {
		if (this.deleted.contains(id)) {
			return;
		}
		List<Message> kept = this.messages.computeIfAbsent(id, (fresh) -> new CopyOnWriteArrayList<>());
		synchronized (kept) {
			int known = kept.stream().map(Message::id).toList().indexOf(message.id());
			if (known < 0) {
				kept.add(message);
				this.heads.computeIfPresent(id, (key, head) -> with(head, head.title(), head.pinned(), message.id(),
						Instant.now(), head.settings()));
			}
			else {
				kept.set(known, message);
			}
		}
	}

	@Nullable Message find(@Nullable String id) {
		return this.messages.values()
			.stream()
			.flatMap(List::stream)
			.filter((message) -> message.id().toString().equals(id))
			.findFirst()
			.orElse(null);
	}

	@Override
	public Mono<ConversationPage> list(Visitor visitor, ConversationFilter filter, @Nullable String cursor, int limit) {
		List<ConversationHead> all = this.heads.values()
			.stream()
			.filter((head) -> filter == ConversationFilter.ALL
					|| head.pinned() == (filter == ConversationFilter.PINNED))
			.sorted(Comparator.comparing(ConversationHead::updatedAt).reversed())
			.toList();
		int from = (cursor != null) ? Integer.parseInt(cursor) : 0;
		int to = Math.min(all.size(), from + limit);
		return Mono.just(new ConversationPage(all.subList(from, to), (to < all.size()) ? Integer.toString(to) : null));
	}

	@Override
	public Mono<SearchPage> search(Visitor visitor, String query, @Nullable String cursor, int limit) {
		List<SearchHit> hits = new ArrayList<>();
		this.heads.values().forEach((head) -> {
			if (contains(head.title(), query)) {
				hits.add(new SearchHit(head, null, marked(head.title(), query)));
				return;
			}
			this.messages.getOrDefault(head.id(), List.of())
				.stream()
				.filter((message) -> contains(message.content(), query))
				.findFirst()
				.ifPresent((message) -> hits.add(new SearchHit(head, message.id(), marked(message.content(), query))));
		});
		boolean more = hits.size() > limit;
		return Mono.just(new SearchPage(more ? hits.subList(0, limit) : hits, more ? "more" : null));
	}

	@Override
	public Mono<ConversationHead> head(Visitor visitor, ConversationId id) {
		return Mono.justOrEmpty(this.heads.get(id)).switchIfEmpty(notFound());
	}

	@Override
	public Mono<ConversationLength> length(Visitor visitor, ConversationId id) {
		return Mono.just(new ConversationLength(0, 0));
	}

	@Override
	public Mono<ConversationLength> length(Visitor visitor) {
		return Mono.just(new ConversationLength(0, 0));
	}

	@Override
	public Flux<Message> messages(Visitor visitor, ConversationId id) {
		return head(visitor, id)
			.thenMany(Flux.defer(() -> Flux.fromIterable(this.messages.getOrDefault(id, List.of()))));
	}

	@Override
	public Mono<ConversationHead> change(Visitor visitor, ConversationId id, ConversationChange change) {
		return head(visitor, id).map((head) -> {
			ConversationHead changed = with(head, or(change.title(), head.title()), or(change.pinned(), head.pinned()),
					or(change.current(), head.current()), head.updatedAt(), or(change.settings(), head.settings()));
			this.heads.put(id, changed);
			return changed;
		});
	}

	@Override
	public Mono<Boolean> lacksTitle(Visitor visitor, ConversationId id, MessageId answer) {
		return Mono.just(false);
	}

	@Override
	public Mono<Boolean> suggestTitle(Visitor visitor, ConversationId id, String title) {
		return change(visitor, id, new ConversationChange(title, null, null, null)).thenReturn(true);
	}

	@Override
	public Mono<Void> delete(Visitor visitor, ConversationId id) {
		return head(visitor, id).doOnNext((head) -> {
			this.deleted.add(id);
			this.heads.remove(id);
			this.messages.remove(id);
		}).then();
	}

	@Override
	public Flux<ConversationHead> all(Visitor visitor) {
		return Flux.fromIterable(this.heads.values());
	}

	@Override
	public Mono<ConversationHead> imported(Visitor visitor, String origin) {
		return Mono.empty();
	}

	@Override
	public Mono<ConversationId> add(Visitor visitor, ImportedConversation imported) {
		return Mono.just(keep(imported.title(), imported.updatedAt(), imported.messages().toArray(Message[]::new)));
	}

	@Override
	public Mono<Void> flush() {
		return Mono.empty();
	}

	@Override
	public Flux<Preset> list(Visitor visitor) {
		return Flux.fromIterable(this.presets.values()).sort(Comparator.comparing(Preset::name));
	}

	@Override
	public Mono<Preset> add(Visitor visitor, String name, ConversationSettings settings) {
		return change(visitor, new PresetId(UUID.randomUUID()), name, settings);
	}

	@Override
	public Mono<Preset> change(Visitor visitor, PresetId id, String name, ConversationSettings settings) {
		Preset preset = new Preset(id, name, settings);
		this.presets.put(id, preset);
		return Mono.just(preset);
	}

	@Override
	public Mono<Void> delete(Visitor visitor, PresetId id) {
		return Mono.fromRunnable(() -> this.presets.remove(id));
	}

	static Message question(@Nullable MessageId parent, String text) {
		return new Message(new MessageId(UUID.randomUUID()), parent, Role.USER, text, Instant.now(), null);
	}

	static Message answer(MessageId parent, Answer answer) {
		return new Message(new MessageId(UUID.randomUUID()), parent, Role.ASSISTANT, answer.content(), Instant.now(),
				answer);
	}

	private static ConversationHead with(ConversationHead head, String title, boolean pinned,
			@Nullable MessageId current, Instant updated, ConversationSettings settings) {
		return new ConversationHead(head.id(), title, !title.equals(head.title()) || head.titledByHand(), pinned,
				head.createdAt(), updated, current, settings);
	}

	private static <T> T or(@Nullable T wanted, T otherwise) {
		return (wanted != null) ? wanted : otherwise;
	}

	private static <T> Mono<T> notFound() {
		return Mono.error(() -> ProblemException.notFound("conversation"));
	}

	private static boolean contains(String text, String query) {
		return text.toLowerCase(Locale.ROOT).contains(query.toLowerCase(Locale.ROOT));
	}

	private static List<Snippet> marked(String text, String query) {
		int at = text.toLowerCase(Locale.ROOT).indexOf(query.toLowerCase(Locale.ROOT));
		Function<String, Snippet> plain = (piece) -> new Snippet(piece, false);
		return List.of(plain.apply(text.substring(0, at)), new Snippet(text.substring(at, at + query.length()), true),
				plain.apply(text.substring(at + query.length())));
	}

}
