package dev.runnel.page;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.runnel.conversation.Snippet;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriUtils;

/**
 * The list of a visitor's conversations as the template shows it.
 *
 * @param groups the conversations, the pinned ones first, then by day
 * @param nextCursor where the list goes on; null if this is all
 * @param query what was searched for; null for the plain list
 */
record SideBar(List<Group> groups, @Nullable String nextCursor, @Nullable String query) {

	public boolean isEmpty() {
		return this.groups.isEmpty();
	}

	/**
	 * Where an entry leads: to the message that was found, if one was. The search goes
	 * along, so that the next one of what it found is still beside it.
	 * @param entry one of this list
	 * @return the address of its page
	 */
	public String addressOf(Entry entry) {
		return "/ai-demo/c/" + entry.id()
				+ ((this.query != null) ? "?query=" + UriUtils.encode(this.query, StandardCharsets.UTF_8) : "")
				+ ((entry.messageId() != null) ? "#m-" + entry.messageId() : "");
	}

	/**
	 * Conversations that belong together.
	 *
	 * @param key says which group it is, to the script
	 * @param message the key of its name; null for a month
	 * @param name its name where it has no key
	 * @param entries the conversations, the one last updated first
	 */
	record Group(String key, @Nullable String message, String name, List<Entry> entries) {
	}

	/**
	 * A conversation in the list.
	 *
	 * @param id its id
	 * @param title its title
	 * @param pinned whether it is pinned
	 * @param updatedAt when something was last asked in it, ISO-8601
	 * @param snippet where a search found it; empty in the plain list
	 * @param messageId the message that a search found; null in the plain list and for a
	 * title
	 */
	record Entry(String id, String title, boolean pinned, String updatedAt, List<Snippet> snippet,
			@Nullable String messageId) {
	}

}
