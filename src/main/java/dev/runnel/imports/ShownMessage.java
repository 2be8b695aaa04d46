package dev.runnel.imports;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The visible part of a ChatGPT message. Its writer and its recipient decide. ChatGPT
 * shows code, the output of code, and pictures drawn by a tool. It does not show
 * instructions and searches.
 *
 * @param fields counts the parts of the conversation that are left out
 * @param content the content of the message
 * @param metadata the metadata of the message
 * @param recipient who or what the message is for
 */
record ShownMessage(ForeignFields fields, ChatGptContent content, ChatGptMetadata metadata, String recipient) {

	private static final Set<String> INSTRUCTIONS = Set.of("user_editable_context", "model_editable_context");

	private static final Set<String> THOUGHTS = Set.of("thoughts", "reasoning_recap");

	private static final String ERROR = "system_error";

	/** The types of a tool's results that the reader did not see. */
	private static final Map<String, Omission> UNSEEN_RESULTS = Map.of(ERROR, Omission.ERROR, "tether_quote",
			Omission.WEB_PAGE, "tether_browsing_display", Omission.WEB_PAGE, "tether_browsing_code", Omission.WEB_PAGE,
			"sonic_webpage", Omission.WEB_PAGE);

	private static final String CODE = "code";

	private static final String PYTHON = "python";

	/**
	 * Returns the visible part.
	 * @param role the writer of the message
	 * @return the text, or the kind of a message that the reader did not see
	 * @throws RefusedException if the message is too long
	 */
	ShownText by(String role) {
		if (isInstruction(role)) {
			return ShownText.none(Omission.INSTRUCTION);
		}
		if (this.metadata.isHidden()) {
			return ShownText.none(Omission.HIDDEN);
		}
		return ofWriter(role);
	}

	private boolean isInstruction(String role) {
		return INSTRUCTIONS.contains(this.content.type()) || role.equals("system");
	}

	private ShownText ofWriter(String role) {
		return switch (role) {
			case "user" -> ShownText.of(notes().below(this.content.text()), "");
			case "assistant" -> assistant();
			case "tool" -> tool();
			default -> ShownText.none(Omission.UNKNOWN);
		};
	}

	private ShownText assistant() {
		String type = this.content.type();
		if (THOUGHTS.contains(type)) {
			return ShownText.of("", LeftOutNotes.joined(List.of(this.content.thoughts(), this.content.text())));
		}
		if (type.equals(ERROR)) {
			return ShownText.none(Omission.ERROR);
		}
		return this.recipient.equals("all") ? answer() : toolCall();
	}

	private ShownText answer() {
		String text = this.content.text();
		String shown = this.content.type().equals(CODE) ? code(text, "") : this.metadata.citations().resolve(text);
		return ShownText.of(notes().below(shown), this.content.thoughts());
	}

	private ShownText toolCall() {
		if (this.recipient.startsWith(PYTHON)) {
			return ShownText.of(notes().below(code(this.content.text(), PYTHON)), "");
		}
		if (isCanvas()) {
			String shown = this.fields.canvas().shown(this.content.text(), this.fields.omissions());
			return ShownText.of(notes().below(shown), "");
		}
		return ShownText.none(Omission.TOOL_CALL);
	}

	private boolean isCanvas() {
		return Canvas.isFor(this.recipient) && !this.content.isEmpty();
	}

	private ShownText tool() {
		String type = this.content.type();
		if (type.equals("execution_output")) {
			return ShownText.of(notes().below(code(this.content.text(), "")), "");
		}
		if (!this.content.assets().isEmpty()) {
			return ShownText.of(notes().below(""), "");
		}
		return ShownText.none(UNSEEN_RESULTS.getOrDefault(type, Omission.TOOL_RESULT));
	}

	private String code(String code, String language) {
		return code.isBlank() ? ""
				: Fence.around(code, this.content.language().matches("|unknown") ? language : this.content.language());
	}

	private LeftOutNotes notes() {
		return new LeftOutNotes(this.fields, this.content, this.metadata);
	}

}
