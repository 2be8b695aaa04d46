package dev.runnel.imports;

import java.util.List;
import java.util.Map;

/**
 * Something in a ChatGPT message that is not text.
 *
 * @param kind the kind of asset
 * @param pointer the address of the asset; empty if unknown
 * @param type the name of the kind in the file
 */
record ChatGptAsset(Omission kind, String pointer, String type) {

	/** The kinds by a word in the names of their types. */
	private static final List<Map.Entry<String, Omission>> KINDS = List.of(Map.entry("image", Omission.PICTURE),
			Map.entry("video", Omission.VIDEO), Map.entry("audio", Omission.SOUND));

	/**
	 * Returns an asset of the kind that its type names.
	 * @param pointer the address of the asset; empty if unknown
	 * @param type the name of the kind in the file
	 * @return the asset
	 */
	static ChatGptAsset of(String pointer, String type) {
		return new ChatGptAsset(kind(type), pointer, type);
	}

	private static Omission kind(String type) {
		return KINDS.stream()
			.filter((kind) -> type.contains(kind.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(Omission.UNKNOWN);
	}

}
