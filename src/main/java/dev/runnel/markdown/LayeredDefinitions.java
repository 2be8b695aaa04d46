package dev.runnel.markdown;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.commonmark.node.DefinitionMap;
import org.commonmark.node.LinkReferenceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The link reference definitions of the answer in two layers: those of text that is never
 * parsed again, and those of the text just parsed, which may still change. The first
 * layer wins, as the first definition in a document does.
 * <p>
 * Put in place of the parser's own map. Notes every look-up that a later definition, or
 * the loss of one, could answer differently.
 */
final class LayeredDefinitions extends DefinitionMap<LinkReferenceDefinition> {

	/** What a label without a definition resolves to. */
	static final String UNDEFINED = "";

	private final DefinitionMap<LinkReferenceDefinition> committed = empty();

	private DefinitionMap<LinkReferenceDefinition> open = empty();

	private Map<String, String> lookups = new HashMap<>();

	/** Whether the parse is of other text than the end of the source. */
	private boolean openFrozen;

	/** The normalized labels that were defined, or lost, since they were last taken. */
	private Set<String> touched = new HashSet<>();

	LayeredDefinitions() {
		super(LinkReferenceDefinition.class);
	}

	private static DefinitionMap<LinkReferenceDefinition> empty() {
		return new DefinitionMap<>(LinkReferenceDefinition.class);
	}

	/**
	 * Gets ready for a parse.
	 * @param keepOpen whether the open layer stays as it is, since the parse is of other
	 * text than the end of the source
	 */
	void startParse(boolean keepOpen) {
		this.openFrozen = keepOpen;
		this.lookups = new HashMap<>();
		if (!keepOpen && !this.open.keySet().isEmpty()) {
			this.touched.addAll(this.open.keySet());
			this.open = empty();
		}
	}

	/** Called by the parser with the definitions of each paragraph it closes. */
	@Override
	public void addAll(DefinitionMap<LinkReferenceDefinition> definitions) {
		if (!this.openFrozen && !definitions.keySet().isEmpty()) {
			this.touched.addAll(definitions.keySet());
			this.open.addAll(definitions);
		}
	}

	@Override
	public @Nullable LinkReferenceDefinition get(String label) {
		LinkReferenceDefinition definition = this.committed.get(label);
		if (definition != null) {
			return definition;
		}
		definition = this.open.get(label);
		this.lookups.put(normalize(label), resolution(definition));
		return definition;
	}

	/** The parser's own normalization, which it offers only through its maps. */
	private static String normalize(String label) {
		DefinitionMap<String> map = new DefinitionMap<>(String.class);
		map.putIfAbsent(label, label);
		return map.keySet().iterator().next();
	}

	private static String resolution(@Nullable LinkReferenceDefinition definition) {
		return (definition == null) ? UNDEFINED : definition.getDestination() + '\n' + definition.getTitle();
	}

	/**
	 * Makes a definition final: it stands in text that is not parsed again.
	 */
	void commit(LinkReferenceDefinition definition) {
		if (this.committed.putIfAbsent(definition.getLabel(), definition) == null) {
			this.touched.add(normalize(definition.getLabel()));
		}
	}

	/**
	 * The look-ups of the parse since {@link #startParse}, with what they found.
	 */
	Map<String, String> lookups() {
		return this.lookups;
	}

	/**
	 * What a normalized label means now.
	 */
	String resolve(String label) {
		LinkReferenceDefinition definition = this.committed.get(label);
		return resolution((definition != null) ? definition : this.open.get(label));
	}

	/**
	 * Whether one of the labels touched since {@link #takeTouched()} now means something
	 * else than when it was looked up.
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
