package dev.runnel.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * Folds all texts into one text.
 */
final class TestFold implements EventFold<TestEvent> {

	private final List<String> texts = new ArrayList<>();

	private long chars;

	@Override
	public void add(long id, TestEvent event) {
		this.texts.add(event.text());
		this.chars += event.text().length();
	}

	@Override
	public long heapBytes() {
		return this.chars;
	}

	@Override
	public Merged<TestEvent> next(long after) {
		List<String> missing = this.texts.subList((int) after, this.texts.size());
		return new Merged<>(this.texts.size(), TestEvent.of(String.join("", missing)));
	}

}
