package dev.runnel.page;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.runnel.conversation.SearchHit.Snippet;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriUtils;

/**
 * The visitor's list of conversations for the template.
 *
 * @param groups the groups, pinned conversations first, then by day
 * @param nextCursor the cursor of the next page; null for the last page
 * @param query the search query; null for the plain list
 */
record SideBar(List<Group> groups, @Nullable String nextCursor, @Nullable String query) {

	public boolean isEmpty() {
		return this.groups.isEmpty();
	}

	/**
	 * The address of an entry: the message that the search found, or the conversation. It
	 * keeps the query, so that the other results stay visible beside it.
	 * @param entry an entry of this list
	 * @return the path with query and fragment
	 */
	public String addressOf(Entry entry) {
		return "/ai-demo/c/" + entry.id()
				+ ((this.query != null) ? "?query=" + UriUtils.encode(this.query, StandardCharsets.UTF_8) : "")
				+ ((entry.messageId() != null) ? "#m-" + entry.messageId() : "");
	}

	/**
	 * A group of conversations.
	 *
	 * @param key the key by which the script knows the group
	 * @param message the message key of its name; null for a month
	 * @param name its name, if it has no message key
	 * @param entries the conversations, last updated first
	 */
	record Group(String key, @Nullable String message, String name, List<Entry> entries) {
	}

	/**
	 * A conversation in the list.
	 *
	 * @param id its id
	 * @param title its title
	 * @param pinned whether it is pinned
	 * @param updatedAt the time of the last question in it, ISO-8601
	 * @param snippet the text around a search hit; empty in the plain list
	 * @param messageId the message that a search found; null in the plain list and if the
	 * title was found
	 */
	record Entry(String id, String title, boolean pinned, String updatedAt, List<Snippet> snippet,
			@Nullable String messageId) {
	}

}
