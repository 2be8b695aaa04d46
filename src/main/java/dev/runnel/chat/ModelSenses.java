package dev.runnel.chat;

import java.util.List;

import dev.runnel.models.Models;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Model;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What a model reads besides text, as far as its service says.
 *
 * @param name the name of the model
 * @param modalities the kinds of input that it reads; empty if unknown
 * @param contextLength the size of its context in tokens; null if unknown
 */
record ModelSenses(String name, List<String> modalities, @Nullable Long contextLength) {

	/** The most tokens of files in a question for a model whose context is unknown. */
	private static final long MAX_TOKENS = 500_000;

	/**
	 * Looks a model up.
	 * @param models the models that may be chosen
	 * @param id the id of the model; null for the default one
	 * @return what is known of it
	 */
	static ModelSenses of(Models models, @Nullable String id) {
		String asked = (id != null) ? id : models.defaultModel();
		return models.find(asked)
			.map((model) -> new ModelSenses(model.name(), model.inputModalities(), model.contextLength()))
			.orElseGet(() -> new ModelSenses(Model.nameOf(asked), List.of(), null));
	}

	/**
	 * Returns whether the model reads a file as it is. If nothing is known of the model,
	 * it is sent the picture, and its service may refuse it.
	 * @param file the file
	 * @return false if the file has to be sent as text
	 */
	boolean reads(Attachment file) {
		if (file.isPicture()) {
			return this.modalities.isEmpty() || this.modalities.contains("image");
		}
		return file.isPdf() && this.modalities.contains("file");
	}

	/**
	 * Checks that the model can read the files of a question, before it is asked.
	 * @param files the files
	 * @throws ProblemException if it cannot
	 */
	void check(List<Attachment> files) {
		for (Attachment file : files) {
			if (!reads(file) && !file.hasText()) {
				throw refused(file);
			}
		}
		long tokens = files.stream().mapToLong(Attachment::tokens).sum();
		long most = (this.contextLength != null) ? this.contextLength : MAX_TOKENS;
		if (tokens > most) {
			throw ProblemException.of(Reason.FILES_TOO_LONG, tokens, this.name, most);
		}
	}

	private ProblemException refused(Attachment file) {
		return ProblemException
			.field("attachments",
					"must not have " + file.name() + ", because " + this.name
							+ (file.isPicture() ? " cannot see pictures" : " cannot read a scan"))
			.because(file.isPicture() ? Reason.MODEL_CANNOT_SEE : Reason.MODEL_CANNOT_SCAN, file.name(), this.name);
	}

}
