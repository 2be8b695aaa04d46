package dev.runnel.page;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import dev.runnel.conversation.ConversationFilter;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationPage;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.SearchHit;
import dev.runnel.conversation.SearchPage;
import dev.runnel.memory.ResponseRoom;
import dev.runnel.models.Models;
import dev.runnel.page.SideBar.Entry;
import dev.runnel.page.SideBar.Group;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * Loads the visitor's data for the page: the list of conversations and the open one.
 */
@Component
final class PageContent {

	private static final int ENTRIES = 30;

	private static final int MAX_PINNED = 100;

	private final Conversations conversations;

	private final ResponseRoom room;

	private final Models models;

	private final Clock clock = Clock.systemUTC();

	PageContent(Conversations conversations, ResponseRoom room, Models models) {
		this.conversations = conversations;
		this.room = room;
		this.models = models;
	}

	/**
	 * The list of conversations, or the results of a search.
	 * @param visitor the owner of the conversations
	 * @param reader the time zone and language of the reader
	 * @param query the search query; null or blank for the list
	 * @return the first page of the list or of the results
	 */
	Mono<SideBar> sideBar(Visitor visitor, ReaderClock reader, @Nullable String query) {
		if (StringUtils.hasText(query)) {
			return this.conversations.search(visitor, query, null, ENTRIES).map((found) -> found(found, query));
		}
		return Mono.zip(this.conversations.list(visitor, ConversationFilter.PINNED, null, MAX_PINNED),
				this.conversations.list(visitor, ConversationFilter.UNPINNED, null, ENTRIES),
				(pinned, others) -> listed(pinned, others, reader));
	}

	/**
	 * A conversation with the branch that was shown last.
	 * @param visitor the visitor that asks
	 * @param exchange the request
	 * @param id the conversation
	 * @return the conversation; a problem ({@code not_found}) if the visitor does not own
	 * it, or with the status 503 if there is no memory for it
	 */
	Mono<OpenConversation> conversation(Visitor visitor, ServerWebExchange exchange, ConversationId id) {
		return this.conversations.head(visitor, id)
			.delayUntil((head) -> this.conversations.length(visitor, id)
				.doOnNext((length) -> this.room.enter(exchange, length.heapAtOnce())))
			.flatMap((head) -> this.conversations.messages(visitor, id)
				.collectList()
				.map((messages) -> shown(head, messages)));
	}

	private OpenConversation shown(ConversationHead head, List<Message> messages) {
		return new OpenConversation(head.id().toString(), head.title(), head.settings().model(),
				ShownBranch.of(messages, head.current(), this.models));
	}

	private SideBar listed(ConversationPage pinned, ConversationPage others, ReaderClock reader) {
		List<Group> groups = new ArrayList<>();
		if (!pinned.conversations().isEmpty()) {
			groups.add(new Group("pinned", "sidebar.pinned", "",
					pinned.conversations().stream().map(DayGroups::entry).toList()));
		}
		groups.addAll(new DayGroups(reader, reader.day(this.clock.instant())).of(others.conversations()));
		return new SideBar(groups, others.nextCursor(), null);
	}

	private static SideBar found(SearchPage found, String query) {
		List<Entry> entries = found.hits().stream().map(PageContent::entry).toList();
		List<Group> groups = entries.isEmpty() ? List.of() : List.of(new Group("found", null, "", entries));
		return new SideBar(groups, null, query);
	}

	private static Entry entry(SearchHit hit) {
		Entry plain = DayGroups.entry(hit.conversation());
		String message = (hit.message() != null) ? hit.message().toString() : null;
		return new Entry(plain.id(), plain.title(), plain.pinned(), plain.updatedAt(), hit.snippet(), message);
	}

}
