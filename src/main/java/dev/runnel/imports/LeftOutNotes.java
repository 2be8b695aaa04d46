package dev.runnel.imports;

import java.util.ArrayList;
import java.util.List;

/**
 * The notes in a message that replace its pictures, files and other assets.
 *
 * @param fields counts the parts of the conversation that are left out
 * @param content the content of the message
 * @param metadata the files of the message
 */
record LeftOutNotes(ForeignFields fields, ChatGptContent content, ChatGptMetadata metadata) {

	/**
	 * Returns a text, followed by a note for each asset.
	 * @param text Markdown; may be empty
	 * @return Markdown
	 */
	String below(String text) {
		List<String> shown = new ArrayList<>(List.of(text));
		List<ChatGptAttachment> files = new ArrayList<>(this.metadata.attachments());
		for (ChatGptAsset asset : this.content.assets()) {
			shown.add(note(asset, name(files, asset)));
		}
		files.forEach((file) -> shown.add(note(file.kind(), file.name())));
		for (int i = 0; i < this.metadata.pictures(); i++) {
			shown.add(note(Omission.PICTURE, ""));
		}
		return joined(shown);
	}

	/**
	 * Returns the file name of an asset, and removes the file from the list. A picture is
	 * often both a part of the text and an attached file.
	 */
	private static String name(List<ChatGptAttachment> files, ChatGptAsset asset) {
		for (int i = 0; i < files.size(); i++) {
			if (files.get(i).isAt(asset.pointer())) {
				return files.remove(i).name();
			}
		}
		return "";
	}

	private String note(ChatGptAsset asset, String name) {
		return note(asset.kind(), (asset.kind() == Omission.UNKNOWN && name.isEmpty()) ? asset.type() : name);
	}

	private String note(Omission kind, String name) {
		this.fields.leaveOut(kind);
		return Notes.note(kind, name);
	}

	/**
	 * Joins texts as paragraphs.
	 * @param texts the texts; blank ones are left out
	 * @return Markdown
	 */
	static String joined(List<String> texts) {
		return String.join("\n\n", texts.stream().filter((text) -> !text.isBlank()).toList());
	}

}
