package dev.runnel.markdown;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.commonmark.node.DefinitionMap;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * The link reference definitions of the answer in two layers: those in text that is never
 * parsed again, and those in the text just parsed, which may still change. The first
 * layer wins, because the first definition in a document wins.
 * <p>
 * It replaces the parser's own map, and records every look-up whose result could change
 * when a definition is added or lost.
 */
final class LayeredDefinitions extends DefinitionMap<LinkReferenceDefinition> {

	/** The meaning of a label without a definition. */
	static final String UNDEFINED = "";

	private final DefinitionMap<LinkReferenceDefinition> committed = empty();

	private DefinitionMap<LinkReferenceDefinition> open = empty();

	private Map<String, String> lookups = new HashMap<>();

	/** The same look-ups by the block whose text made them. */
	private Map<Node, Map<String, String>> lookupsByBlock = new HashMap<>();

	/** The block whose text is read now. */
	private @Nullable Node block;

	/** Whether the current parse reads another text than the end of the source. */
	private boolean openFrozen;

	/**
	 * The normalized labels that gained or lost a definition since the last
	 * {@link #takeTouched()}.
	 */
	private Set<String> touched = new HashSet<>();

	LayeredDefinitions() {
		super(LinkReferenceDefinition.class);
	}

	private static DefinitionMap<LinkReferenceDefinition> empty() {
		return new DefinitionMap<>(LinkReferenceDefinition.class);
	}

	/**
	 * Prepares for a parse.
	 * @param keepOpen true to leave the open layer unchanged, because the parse reads
	 * another text than the end of the source
	 */
	void startParse(boolean keepOpen) {
		this.openFrozen = keepOpen;
		this.lookups = new HashMap<>();
		this.lookupsByBlock = new HashMap<>();
		this.block = null;
		if (!keepOpen && !this.open.keySet().isEmpty()) {
			this.touched.addAll(this.open.keySet());
			this.open = empty();
		}
	}

	/** Lets go of the blocks of the last parse. */
	void release() {
		this.lookupsByBlock = new HashMap<>();
		this.block = null;
	}

	/**
	 * Adds the definitions of a paragraph. The parser calls this when it closes the
	 * paragraph.
	 */
	@Override
	public void addAll(DefinitionMap<LinkReferenceDefinition> definitions) {
		if (!this.openFrozen && !definitions.keySet().isEmpty()) {
			this.touched.addAll(definitions.keySet());
			definitions.keySet().forEach((label) -> add(this.open, label, definitions.get(label)));
		}
	}

	/**
	 * Adds a copy of a definition, because the node itself would keep its whole tree in
	 * memory.
	 */
	private static boolean add(DefinitionMap<LinkReferenceDefinition> map, String label,
			LinkReferenceDefinition definition) {
		return map.putIfAbsent(label, new LinkReferenceDefinition(definition.getLabel(), definition.getDestination(),
				definition.getTitle())) == null;
	}

	@Override
	public @Nullable LinkReferenceDefinition get(String label) {
		LinkReferenceDefinition definition = this.committed.get(label);
		if (definition != null) {
			return definition;
		}
		definition = this.open.get(label);
		record(normalize(label), resolution(definition));
		return definition;
	}

	private void record(String label, String resolution) {
		this.lookups.put(label, resolution);
		if (this.block != null) {
			this.lookupsByBlock.computeIfAbsent(this.block, (key) -> new HashMap<>()).put(label, resolution);
		}
	}

	/** Prepares for the look-ups of a block's text. */
	void startBlock(Node text) {
		this.block = text;
	}

	/** Normalizes a label like the parser, which offers this only through its maps. */
	private static String normalize(String label) {
		DefinitionMap<String> map = new DefinitionMap<>(String.class);
		map.putIfAbsent(label, label);
		return map.keySet().iterator().next();
	}

	private static String resolution(@Nullable LinkReferenceDefinition definition) {
		return (definition == null || InlineLimits.isTooLong(definition)) ? UNDEFINED
				: definition.getDestination() + '\n' + definition.getTitle();
	}

	/** Makes a definition final, because its text is not parsed again. */
	private void commit(LinkReferenceDefinition definition) {
		if (add(this.committed, definition.getLabel(), definition)) {
			this.touched.add(normalize(definition.getLabel()));
		}
	}

	/**
	 * Makes the definitions before a node final.
	 * @return whether the node was found
	 */
	boolean commitBefore(Node parent, Node stop) {
		for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
			if (node == stop) {
				return true;
			}
			if (node instanceof LinkReferenceDefinition definition) {
				commit(definition);
			}
			else if ((OpenContainer.is(node) || node instanceof Details) && commitBefore(node, stop)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The look-ups since {@link #startParse}, with their results.
	 */
	Map<String, String> lookups() {
		return this.lookups;
	}

	/**
	 * The look-ups since {@link #startParse} by the child of the document whose text made
	 * them. A block that made none is absent.
	 */
	Map<Node, Map<String, String>> lookupsByTopLevel(Node document) {
		Map<Node, Map<String, String>> byTopLevel = new HashMap<>();
		this.lookupsByBlock
			.forEach((text, labels) -> byTopLevel.computeIfAbsent(topLevel(text, document), (key) -> new HashMap<>())
				.putAll(labels));
		return byTopLevel;
	}

	private static Node topLevel(Node text, Node document) {
		Node block = text;
		while (block.getParent() != null && block.getParent() != document) {
			block = block.getParent();
		}
		return block;
	}

	/**
	 * The current meaning of a normalized label.
	 */
	String resolve(String label) {
		LinkReferenceDefinition definition = this.committed.get(label);
		return resolution((definition != null) ? definition : this.open.get(label));
	}

	/**
	 * Whether a label touched since {@link #takeTouched()} has another meaning now than
	 * at its look-up.
	 */
	boolean anyChanged(Map<String, String> resolutions) {
		if (resolutions.isEmpty()) {
			return false;
		}
		for (String label : this.touched) {
			String resolution = resolutions.get(label);
			if (resolution != null && !resolution.equals(resolve(label))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The labels whose meaning may have changed since the last call.
	 */
	Set<String> takeTouched() {
		Set<String> labels = this.touched;
		if (!labels.isEmpty()) {
			this.touched = new HashSet<>();
		}
		return labels;
	}

}
