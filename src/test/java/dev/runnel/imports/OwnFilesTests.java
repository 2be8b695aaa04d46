package dev.runnel.imports;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.runnel.conversation.AnswerState;
import dev.runnel.export.Samples;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The attached files of a conversation in Runnel's own format.
 */
class OwnFilesTests {

	private static final ImportSettings SMALL = new ImportSettings(DataSize.ofBytes(15), Duration.ofMinutes(5),
			DataSize.ofMegabytes(1), 10, 10, 1000, 1000);

	/** The content of each file is its name. */
	private static final String JSON = Samples.json(Samples.conversation("T",
			List.of(Samples.question(1, 0, "See?", List.of(file(1, "one.txt"), file(2, "two.txt"))),
					Samples.answer(2, 1, Samples.answer(AnswerState.COMPLETE, "Yes.", Source.OPENROUTER)),
					Samples.question(3, 2, "And?", List.of(file(2, "two.txt"))))));

	private static Attachment file(long id, String name) {
		return new Attachment(new UUID(0, id), name, "text/plain", name.length(), null, null, null, true, 1);
	}

	private static ImportItem.Found found(String json) {
		return (ImportItem.Found) ImportSamples.read(json, ImportSamples.SETTINGS).get(0);
	}

	@Test
	void messagesHaveTheFilesThatTheyName() throws IOException {
		ImportItem.Found found = found(JSON);
		assertThat(found.files()).extracting((file) -> file.attachment().name()).containsExactly("one.txt", "two.txt");
		assertThat(found.files().get(0).content()).hasContent("one.txt");
		assertThat(found.files().get(1).content()).hasContent("two.txt");
		Attachment two = found.files().get(1).attachment();
		assertThat(found.conversation().messages().get(0).attachments())
			.containsExactly(found.files().get(0).attachment(), two);
		assertThat(found.conversation().messages().get(2).attachments()).containsExactly(two);
	}

	@Test
	void filesAreDeletedWhenTheNextConversationIsRead() {
		List<ImportItem> items = ImportSamples.read("[" + JSON + "," + JSON + "]", ImportSamples.SETTINGS);
		assertThat(((ImportItem.Found) items.get(0)).files()).noneMatch((file) -> file.content().toFile().exists());
		assertThat(((ImportItem.Found) items.get(1)).files()).allMatch((file) -> file.content().toFile().exists());
	}

	@Test
	void aConversationWhoseFilesAreLargerThanAnUploadIsRefused() {
		String large = JSON.replace("b25lLnR4dA==", "b25lLnR4dC0tLS0t");
		List<ImportItem> items = ImportSamples.read("[" + JSON + "," + large + "," + JSON + "]", SMALL);
		assertThat(items).hasSize(3);
		assertThat(items.get(0)).isInstanceOf(ImportItem.Found.class);
		assertThat(items.get(1)).isEqualTo(
				new ImportItem.Refused("the file [1]", "has attached files of more than 15 bytes", Cause.TOO_LARGE));
		assertThat(items.get(2)).isInstanceOf(ImportItem.Found.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "3", "1,2,null", "1,2,{\"id\":2}", "\"x\"" })
	void aFileThatIsMissingIsRefused(String numbers) {
		assertThat(ImportSamples.refused(JSON.replace("[1,2]", "[" + numbers + "]")).reason())
			.isEqualTo("names a missing file in messages[0].attachments");
	}

	@Test
	void moreFilesThanAQuestionCanHaveAreRefused() {
		assertThat(ImportSamples.refused(JSON.replace("[1,2]", "[" + "1,".repeat(100_000) + "2]")).reason())
			.isEqualTo("has too many files in messages[0].attachments");
	}

	@ParameterizedTest
	@ValueSource(strings = { "5", "{}" })
	void attachmentsAreAList(String value) {
		assertThat(ImportSamples.refused(JSON.replace("[1,2]", value)).reason())
			.isEqualTo("has a value of the wrong type in messages[0].attachments");
	}

	@Test
	void twoFilesHaveTwoNumbers() {
		assertThat(ImportSamples.refused(JSON.replace("{\"id\":2,\"name\"", "{\"id\":1,\"name\"")).reason())
			.isEqualTo("needs a unique id in files[1]");
	}

	@Test
	void aFileHasContent() {
		assertThat(ImportSamples.refused(JSON.replace("\"b25lLnR4dA==\"", "null")).reason())
			.isEqualTo("needs a text in files[0].data");
	}

	@Test
	void contentThatIsNotBase64IsBrokenJson() {
		assertThat(ImportSamples.read(JSON.replace("b25lLnR4dA==", "?"), ImportSamples.SETTINGS))
			.allMatch(ImportItem.Refused.class::isInstance);
	}

}
