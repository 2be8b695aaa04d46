package dev.runnel.stream;

import java.nio.charset.StandardCharsets;

/**
 * An event whose data is a text that needs no escaping.
 *
 * @param beforeEncoding runs before the event is encoded
 */
public record TestEvent(String text, boolean terminal, Runnable beforeEncoding) implements StreamEvent {

	private static final Runnable AT_ONCE = () -> {
	};

	public static TestEvent of(String text) {
		return new TestEvent(text, false, AT_ONCE);
	}

	public static TestEvent end() {
		return new TestEvent("end", true, AT_ONCE);
	}

	@Override
	public String name() {
		return this.terminal ? "complete" : "message";
	}

	@Override
	public byte[] json() {
		this.beforeEncoding.run();
		return ('"' + this.text + '"').getBytes(StandardCharsets.UTF_8);
	}

	/** The text in the frame of such an event. */
	public static String textOf(LogEntry entry) {
		String frame = new String(entry.frame(), StandardCharsets.UTF_8);
		return frame.substring(frame.indexOf('"') + 1, frame.lastIndexOf('"'));
	}

}
