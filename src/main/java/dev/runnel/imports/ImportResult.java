package dev.runnel.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.ProblemException.FieldProblem;
import dev.runnel.web.Reason;

import org.springframework.http.HttpStatus;

/**
 * The result of an import or of a preview: the items of a file by what happens to them.
 */
final class ImportResult {

	/** How many skipped items a problem lists. */
	private static final int MAX_ERRORS = 20;

	private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

	private static final String KNOWN = "Runnel imports its own exports and those of ChatGPT, Claude,"
			+ " LibreChat and Open WebUI, as JSON or zip.";

	private static final Skipped NOTHING_FOUND = Skipped.of("the file", "has no conversations",
			Cause.of(Reason.FILE_EMPTY));

	private final List<Imported> imported = new ArrayList<>();

	private final List<Previewed> found = new ArrayList<>();

	private final List<Known> known = new ArrayList<>();

	private final List<Skipped> skipped = new ArrayList<>();

	private final Omissions omissions = new Omissions();

	/**
	 * Adds the result of the next item.
	 * @param part the result
	 */
	void add(Part part) {
		part.addTo(this);
	}

	public List<Imported> getImported() {
		return this.imported;
	}

	@JsonInclude(JsonInclude.Include.NON_EMPTY)
	public List<Previewed> getFound() {
		return this.found;
	}

	@JsonInclude(JsonInclude.Include.NON_EMPTY)
	public List<Known> getKnown() {
		return this.known;
	}

	public List<Skipped> getSkipped() {
		return this.skipped;
	}

	public List<Omissions.Count> getOmitted() {
		return this.omissions.counts();
	}

	/**
	 * Returns the result, or fails if the file was useless.
	 * @return this result
	 * @throws ProblemException if no item was taken, now or before
	 */
	ImportResult orProblem() {
		boolean useful = Stream.of(this.imported, this.found, this.known).anyMatch((parts) -> !parts.isEmpty());
		if (useful) {
			return this;
		}
		if (this.skipped.isEmpty()) {
			this.skipped.add(NOTHING_FOUND);
		}
		throw problem(this.skipped.get(0));
	}

	private ProblemException problem(Skipped first) {
		Cause why = first.why;
		boolean later = why.code() == ErrorCode.RATE_LIMITED;
		return new ProblemException(later ? HttpStatus.SERVICE_UNAVAILABLE : why.code().status(), why.code(),
				"Nothing was imported: " + first.where + " " + first.reason + ". " + KNOWN,
				this.skipped.stream()
					.limit(MAX_ERRORS)
					.map((part) -> new FieldProblem(part.where, part.reason))
					.toList(),
				later ? RETRY_AFTER : null)
			.because(why.reason(), why.parameters().toArray());
	}

	/** The result of one item. */
	sealed interface Part {

		/**
		 * Adds this result to those of the other items.
		 * @param result the results so far
		 */
		void addTo(ImportResult result);

	}

	/**
	 * An imported conversation.
	 *
	 * @param id the new id
	 * @param title the title
	 * @param omissions counts the parts that are left out
	 */
	record Imported(String id, String title, @JsonIgnore Omissions omissions) implements Part {

		@Override
		public void addTo(ImportResult result) {
			result.imported.add(this);
			result.omissions.addAll(this.omissions);
		}

	}

	/**
	 * A conversation that an import would store.
	 *
	 * @param title the title
	 * @param messages the number of messages, of all branches
	 * @param createdAt when the conversation was created
	 * @param updatedAt when it was last updated
	 * @param omissions counts the parts that would be left out
	 */
	record Previewed(String title, int messages, Instant createdAt, Instant updatedAt,
			@JsonIgnore Omissions omissions) implements Part {

		/** Returns the preview of a conversation. */
		static Previewed of(ImportItem.Found found) {
			ImportedConversation read = found.conversation();
			return new Previewed(read.title(), read.messages().size(), read.createdAt(), read.updatedAt(),
					found.omissions());
		}

		@Override
		public void addTo(ImportResult result) {
			result.found.add(this);
			result.omissions.addAll(this.omissions);
		}

	}

	/**
	 * A conversation that an earlier import has stored. It stays as it is.
	 *
	 * @param id the id
	 * @param title the title, which may have changed meanwhile
	 */
	record Known(String id, String title) implements Part {

		@Override
		public void addTo(ImportResult result) {
			result.known.add(this);
		}

	}

	/**
	 * An item that was not imported.
	 *
	 * @param where the place in the file
	 * @param reason the reason, a phrase that continues the place
	 * @param cause the name of the reason, as problems have it
	 * @param parameters the numbers and names in the text of that reason; absent without
	 * any
	 * @param why the same cause
	 */
	record Skipped(String where, String reason, String cause,
			@JsonInclude(JsonInclude.Include.NON_EMPTY) List<Object> parameters,
			@JsonIgnore Cause why) implements Part {

		/** Returns the result for an item. */
		static Skipped of(String where, String reason, Cause why) {
			return new Skipped(where, reason, why.reason().wireName(), why.parameters(), why);
		}

		@Override
		public void addTo(ImportResult result) {
			result.skipped.add(this);
		}

	}

}
