package dev.runnel.export;

import dev.runnel.imports.ImportSamples;
import java.util.List;
import java.util.Random;

import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An import reads exactly what an export wrote.
 */
class RoundTripTests {

	private final ExportFormat json = new JsonFormat(Samples.MAPPER);

	@Property(tries = 1000)
	void exportImportExportGivesEqualFiles(@ForAll long seed) {
		ImportedConversation conversation = RandomConversation.of(new Random(seed));
		String first = Samples.write(this.json, conversation);
		ImportedConversation read = ImportSamples.readOne(first);
		assertThat(Samples.write(this.json, read)).isEqualTo(first);
		for (ExportFormat format : List.of(new MarkdownFormat(), new TextFormat(), Samples.html())) {
			assertThat(Samples.write(format, read)).isEqualTo(Samples.write(format, conversation));
		}
	}

	@Property(tries = 200)
	void importedConversationEqualsTheExportedOne(@ForAll long seed) {
		ImportedConversation conversation = RandomConversation.of(new Random(seed));
		ImportedConversation read = ImportSamples.readOne(Samples.write(this.json, conversation));
		assertThat(read.settings()).isEqualTo(conversation.settings());
		assertThat(read.messages()).hasSameSizeAs(conversation.messages());
		for (int i = 0; i < read.messages().size(); i++) {
			Message before = conversation.messages().get(i);
			Message after = read.messages().get(i);
			assertThat(after.content()).isEqualTo(before.content());
			assertThat(after.createdAt()).isEqualTo(before.createdAt());
			assertThat(after.role()).isEqualTo(before.role());
			if (before.answer() != null && before.answer().state() != AnswerState.STREAMING) {
				assertThat(after.answer()).isEqualTo(before.answer());
			}
		}
	}

}
