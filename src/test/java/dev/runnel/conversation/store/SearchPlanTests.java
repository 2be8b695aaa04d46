package dev.runnel.conversation.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.Role;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

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

	private String plan(String query, UnaryOperator<GenericExecuteSpec> bind) {
		return Storage.get(this.storage.bean(Database.class)
			.read((client) -> bind.apply(client.sql("explain " + query))
				.bind("ids", new UUID[] { UUID.randomUUID(), UUID.randomUUID() })
				.map((row) -> String.valueOf(row.get(0, String.class)))
				.all())
			.single());
	}

	private void addConversations() {
		Message message = new Message(new MessageId(UUID.randomUUID()), null, Role.USER, "a giraffe", Instant.EPOCH,
				null);
		for (int i = 0; i < 20; i++) {
			Storage.get(this.storage.conversations()
				.add(ANN, new ImportedConversation("t", false, false, Instant.EPOCH, Instant.EPOCH, null,
						ConversationSettings.NONE, List.of(message))));
		}
	}

	@Test
	void theHitsOfASearchAreReadByTheirIds() {
		addConversations();
		for (Cursor after : new Cursor[] { null, new Cursor(Instant.now(), UUID.randomUUID()) }) {
			String plan = plan(EmbeddedSearch.amongFew(after),
					(query) -> Cursor.bind(after, query).bind("owner", ANN.id()).bind("limit", 10));
			assertThat(plan).contains("PRIMARY_KEY").doesNotContain("CONVERSATION_OLDEST");
		}
	}

	@Test
	void theTextsOfTheHitsAreReadByTheirIds() {
		addConversations();
		assertThat(plan(SearchHits.SHORT_TEXTS, UnaryOperator.identity())).contains("PRIMARY_KEY");
	}

}
