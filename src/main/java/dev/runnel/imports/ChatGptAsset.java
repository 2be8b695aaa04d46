package dev.runnel.imports;

/**
 * Something in a ChatGPT message that is not text.
 *
 * @param kind the kind of asset
 * @param pointer the address of the asset; empty if unknown
 * @param type the name of the kind in the file
 */
record ChatGptAsset(Omission kind, String pointer, String type) {

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
		if (type.contains("image")) {
			return Omission.PICTURE;
		}
		if (type.contains("video")) {
			return Omission.VIDEO;
		}
		return type.contains("audio") ? Omission.SOUND : Omission.UNKNOWN;
	}

}
