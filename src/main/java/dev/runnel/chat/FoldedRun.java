package dev.runnel.chat;

/**
 * Consecutive events of one kind, merged.
 */
sealed interface FoldedRun permits FoldedRun.Single, FoldedDeltas {

	/**
	 * The size of a full run, text and HTML together, in UTF-16 units. It bounds how much
	 * is copied while the writer waits and how much is encoded at once.
	 */
	int FULL_CHARS = 32 * 1024;

	/** The heap of a run without its text, or of a single event, in bytes. Measured. */
	int EMPTY_BYTES = 400;

	/**
	 * Begins a run.
	 * @param id the number of the first event
	 * @param event the first event
	 * @return a new run with this event
	 */
	static FoldedRun of(long id, ChatEvent event) {
		FoldedRun run;
		if (event instanceof ChatEvent.Message message) {
			run = new FoldedText(id, message.patches() != null);
		}
		else if (event instanceof ChatEvent.Reasoning reasoning) {
			run = new FoldedReasoning(id, reasoning.patches() != null);
		}
		else {
			return new Single(id, event);
		}
		run.absorb(event);
		return run;
	}

	/**
	 * Adds the next event if it has the kind of this run and the run is not full.
	 * @param event the next event
	 * @return false if the event needs a new run
	 */
	boolean absorb(ChatEvent event);

	/** Releases spare capacity, because no more events come. */
	void end();

	/**
	 * The number of the newest event in the run.
	 */
	long lastId();

	/**
	 * The heap that the run takes.
	 * @return estimated bytes
	 */
	long heapBytes();

	/**
	 * The part of the run that a reader lacks.
	 * @param after the number of the last event that the reader has, less than
	 * {@link #lastId}
	 * @return one event that brings the reader to the end of the run; later events do not
	 * change it
	 */
	ChatEvent event(long after);

	/**
	 * A run of one event.
	 */
	record Single(long lastId, ChatEvent event) implements FoldedRun {

		@Override
		public boolean absorb(ChatEvent next) {
			return false;
		}

		@Override
		public void end() {
		}

		@Override
		public long heapBytes() {
			return EMPTY_BYTES + ((this.event instanceof ChatEvent.Started started) ? started.heapBytes() : 0);
		}

		@Override
		public ChatEvent event(long after) {
			return this.event;
		}

	}

}
