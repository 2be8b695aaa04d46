package dev.runnel.imports;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.FieldProblem;
import dev.runnel.web.ProblemException;

/**
 * What was taken of a file and what was not.
 */
final class ImportResult {

	/** Of those that are to blame for a bad request. */
	private static final int MAX_ERRORS = 20;

	private static final String KNOWN = "What Runnel or ChatGPT exported can be imported: JSON, or a zip of it.";

	private final List<Imported> imported = new ArrayList<>();

	private final List<Skipped> skipped = new ArrayList<>();

	private final Omissions omissions = new Omissions();

	/**
	 * Adds what became of the next thing in the file.
	 * @param part what it was
	 */
	void add(Part part) {
		if (part instanceof Imported taken) {
			this.imported.add(taken);
			this.omissions.addAll(taken.omissions);
		}
		else {
			this.skipped.add((Skipped) part);
		}
	}

	public List<Imported> getImported() {
		return this.imported;
	}

	public List<Skipped> getSkipped() {
		return this.skipped;
	}

	public List<Omissions.Count> getOmitted() {
		return this.omissions.counts();
	}

	/**
	 * Tells a file that was of use from one that was not.
	 * @return this, if something was taken or there was nothing to take
	 * @throws ProblemException if nothing was taken
	 */
	ImportResult orProblem() {
		if (!this.imported.isEmpty() || this.skipped.isEmpty()) {
			return this;
		}
		Skipped first = this.skipped.get(0);
		ErrorCode code = first.tooLarge ? ErrorCode.PAYLOAD_TOO_LARGE : ErrorCode.INVALID_REQUEST;
		throw new ProblemException(code.status(), code.code(),
				"Nothing was imported: " + first.where + " " + first.reason + ". " + KNOWN,
				this.skipped.stream()
					.limit(MAX_ERRORS)
					.map((part) -> new FieldProblem(part.where, part.reason))
					.toList(),
				null);
	}

	/** What became of one thing in the file. */
	sealed interface Part {

	}

	/**
	 * A conversation that is in the library now.
	 *
	 * @param id its new id
	 * @param title its title
	 * @param omissions what is left out of it
	 */
	record Imported(String id, String title, @JsonIgnore Omissions omissions) implements Part {
	}

	/**
	 * What was not taken.
	 *
	 * @param where its place in the file
	 * @param reason why not, to be read after the place
	 * @param tooLarge whether a bound is the reason
	 */
	record Skipped(String where, String reason, @JsonIgnore boolean tooLarge) implements Part {
	}

}
