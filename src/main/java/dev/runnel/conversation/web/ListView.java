package dev.runnel.conversation.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationPage;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.SearchHit;
import dev.runnel.conversation.SearchHit.Snippet;
import dev.runnel.conversation.SearchPage;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a page of conversations, from the list or from a search.
 *
 * @param conversations the conversations
 * @param nextCursor the cursor of the next page; null on the last page
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
	 * A conversation of the page.
	 *
	 * @param snippet the text around the search match; null in the list
	 * @param messageId the message that matches; null in the list, and if only the title
	 * matches
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
