package dev.runnel.conversation.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationPage;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.SearchHit;
import dev.runnel.conversation.SearchPage;
import dev.runnel.conversation.Snippet;
import org.jspecify.annotations.Nullable;

/**
 * A page of conversations, listed or found, as the wire contract shows it.
 *
 * @param conversations the conversations
 * @param nextCursor where the next page begins; null if there is none
 */
record ListView(List<Entry> conversations, @Nullable String nextCursor) {

	static ListView of(ConversationPage page) {
		return new ListView(page.conversations().stream().map((head) -> Entry.of(head, null, null)).toList(),
				page.nextCursor());
	}

	static ListView of(SearchPage page) {
		return new ListView(page.hits().stream().map(Entry::of).toList(), page.nextCursor());
	}

	/**
	 * A conversation in the list.
	 *
	 * @param snippet what a search found, null in a list
	 * @param messageId where a search found it, null in a list and for a title
	 */
	record Entry(String id, String title, boolean pinned, String createdAt, String updatedAt,
			@Nullable String currentMessageId,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Snippet> snippet,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String messageId) {

		private static Entry of(SearchHit hit) {
			return of(hit.conversation(), hit.snippet(), hit.message());
		}

		private static Entry of(ConversationHead head, @Nullable List<Snippet> snippet, @Nullable MessageId found) {
			return new Entry(head.id().toString(), head.title(), head.pinned(), head.createdAt().toString(),
					head.updatedAt().toString(), (head.current() != null) ? head.current().toString() : null, snippet,
					(found != null) ? found.toString() : null);
		}

	}

}
