package dev.runnel.conversation.store;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationLength;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

/**
 * Reads how much text conversations have, before they are sent. The stored sizes are
 * enough for most; only a conversation of several pages is looked through for its longest
 * message. Parts of running answers are not in the stored sizes.
 */
final class ConversationLengths {

	private final Database database;

	private final String ofOne;

	private final String ofAll;

	ConversationLengths(Database database) {
		this.database = database;
		String function = database.isPostgres() ? "octet_length" : "char_length";
		String length = function + "(%1$s.content) + coalesce(" + function + "(%1$s.reasoning), 0)";
		String parts = "(select cast(coalesce(sum(" + length.formatted("p") + "), 0) as bigint) from running_answer r"
				+ " join answer_part p on p.message_id = r.message_id where r.conversation_id = c.id)";
		this.ofOne = "select c.bytes + " + parts + " as total, " + parts + " + case when c.bytes <= "
				+ MessageSpans.MAX_CHARS + " then c.bytes else greatest(" + MessageSpans.MAX_CHARS
				+ ", (select coalesce(max(" + length.formatted("m")
				+ "), 0) from message m where m.conversation_id = c.id)) end as page from conversation c"
				+ " where c.id = :id and c.owner = :owner";
		this.ofAll = "select coalesce(max(c.bytes + " + parts
				+ "), 0) as longest, cast(coalesce(sum(c.bytes), 0) as bigint) as total"
				+ " from conversation c where c.owner = :owner";
	}

	Mono<ConversationLength> of(Visitor visitor, ConversationId id) {
		return this.database
			.read((client) -> client.sql(this.ofOne)
				.bind("id", id.value())
				.bind("owner", visitor.id())
				.map((row) -> new ConversationLength(Rows.size(row, "page"), Rows.size(row, "total")))
				.all())
			.next();
	}

	/**
	 * The sum over all conversations. No page is longer than the largest conversation, or
	 * than the longest message with its reasoning.
	 */
	Mono<ConversationLength> of(Visitor visitor) {
		return this.database
			.read((client) -> client.sql(this.ofAll)
				.bind("owner", visitor.id())
				.map((row) -> new ConversationLength(
						Math.min(Rows.size(row, "longest"), 2L * ConversationText.MAX_CHARS), Rows.size(row, "total")))
				.all())
			.single();
	}

}
