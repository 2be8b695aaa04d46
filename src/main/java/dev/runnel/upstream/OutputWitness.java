package dev.runnel.upstream;

/**
 * Remembers whether a model has sent words of its own. The signals of a stream arrive one
 * at a time, so no lock is needed.
 */
final class OutputWitness {

	private boolean output;

	void see(ModelEvent event) {
		this.output |= event.isOutput();
	}

	/** Whether another model may still write the answer. */
	boolean sawNothing() {
		return !this.output;
	}

}
