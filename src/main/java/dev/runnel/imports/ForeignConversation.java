package dev.runnel.imports;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.upstream.WellFormed;
import dev.runnel.web.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a conversation of another program, while it is read.
 */
final class ForeignConversation {

	private final String program;

	private final ForeignFields fields;

	private final ImportSettings settings;

	private final Map<String, ForeignNode> nodes = new LinkedHashMap<>();

	private final Clock clock = Clock.systemUTC();

	/**
	 * Creates a conversation without nodes.
	 * @param program the name of the other program
	 * @param fields reads the values
	 * @param settings the limits of an import
	 */
	ForeignConversation(String program, ForeignFields fields, ImportSettings settings) {
		this.program = program;
		this.fields = fields;
		this.settings = settings;
	}

	/**
	 * Adds a node.
	 * @param id the id of the node in the file
	 * @param node the node
	 * @throws RefusedException if there is a node with this id
	 */
	void add(String id, ForeignNode node) {
		if (this.nodes.putIfAbsent(id, node) != null) {
			throw new RefusedException("has two nodes with the id " + Notes.line(id, "\"\""));
		}
	}

	/** Removes all nodes. */
	void clear() {
		this.nodes.clear();
	}

	boolean isEmpty() {
		return this.nodes.isEmpty();
	}

	/**
	 * Returns the conversation and the counts of the parts that are left out.
	 * @param head the data beside the messages
	 * @return the conversation
	 * @throws RefusedException if it cannot be imported
	 */
	ConversationParser.Parsed toParsed(ForeignHead head) {
		return new ConversationParser.Parsed(toConversation(head), this.fields.omissions());
	}

	private ImportedConversation toConversation(ForeignHead head) {
		Instant created = time(head.createdAt(), times().min(Comparator.naturalOrder()).orElseGet(this.clock::instant));
		ImportedTree tree = new ImportedTree();
		ForeignTree visible = new ForeignTree(this.nodes, tree,
				new ForeignTree.Defaults(this.program, created, head.model()), new ImportLimits(this.settings));
		visible.addAll();
		if (tree.messages().isEmpty()) {
			throw new RefusedException("has no messages", Cause.of(Reason.IMPORT_EMPTY));
		}
		return new ImportedConversation(tree.title(head.title()), false, head.pinned(), created,
				time(head.updatedAt(), times().max(Comparator.naturalOrder()).orElse(created)),
				tree.end(visible.number(head.current())), ConversationSettings.NONE, tree.messages(),
				origin(head.id()));
	}

	/**
	 * Returns the program with the id; null if the id is missing or too long to be one.
	 */
	private @Nullable String origin(@Nullable String id) {
		return (id == null || id.isBlank()) ? null
				: WellFormed.storable(this.program.toLowerCase(Locale.ROOT).replace(' ', '-') + ":" + id);
	}

	private Stream<Instant> times() {
		return this.nodes.values()
			.stream()
			.flatMap((node) -> Stream.ofNullable(node.turn()))
			.flatMap((turn) -> Stream.ofNullable(turn.createdAt()));
	}

	private static Instant time(@Nullable Instant known, Instant otherwise) {
		return Objects.requireNonNullElse(known, otherwise);
	}

}
