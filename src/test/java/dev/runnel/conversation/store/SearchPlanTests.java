package dev.runnel.conversation.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The plan of the embedded database for the hits of a search.
 */
@Timeout(60)
class SearchPlanTests {

	private static final Visitor ANN = new Visitor("ann");

	private final Storage storage = Storage.start("runnel.data-dir=mem");

	@AfterEach
	void stop() {
		this.storage.close();
	}

	private String plan(Cursor after) {
		Database database = this.storage.bean(Database.class);
		return Storage.get(
				database
					.read((client) -> Cursor.bind(after, client.sql("explain " + EmbeddedSearch.amongFew(after)))
						.bind("ids", new UUID[] { UUID.randomUUID(), UUID.randomUUID() })
						.bind("owner", ANN.id())
						.bind("limit", 10)
						.map((row) -> String.valueOf(row.get(0, String.class)))
						.all())
					.single());
	}

	@Test
	void theHitsOfASearchAreReadByTheirIds() {
		for (int i = 0; i < 20; i++) {
			Storage.get(this.storage.conversations()
				.add(ANN, new ImportedConversation("t", false, false, Instant.EPOCH, Instant.EPOCH, null,
						ConversationSettings.NONE, List.of())));
		}
		for (Cursor after : new Cursor[] { null, new Cursor(Instant.now(), UUID.randomUUID()) }) {
			assertThat(plan(after)).contains("PRIMARY_KEY").doesNotContain("CONVERSATION_OLDEST");
		}
	}

}
