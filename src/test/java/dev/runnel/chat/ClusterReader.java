package dev.runnel.chat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;

import dev.runnel.stream.LogEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A reader of one stream in the benchmark of several servers. It records when each event
 * came, and the text.
 */
final class ClusterReader implements Flow.Subscriber<String> {

	/** The first event of the stream, which has its ids. */
	final CompletableFuture<JsonNode> begun;

	/** The name of the last event, when the response has ended. */
	final CompletableFuture<String> ended = new CompletableFuture<>();

	/** When an event came, by {@link System#nanoTime}. */
	final Map<Long, Long> times;

	/** Null for a reader that only records the times, which costs much less. */
	private final ShownAnswer answer;

	private String id = "";

	private String name = "";

	private volatile String last = "";

	private volatile int repeated;

	/** When the response ended, by {@link System#nanoTime}. */
	volatile long endedAt;

	private ClusterReader(ShownAnswer answer) {
		this(new CompletableFuture<>(), new ConcurrentHashMap<>(), answer);
	}

	static ClusterReader ofTimes() {
		return new ClusterReader(null);
	}

	static ClusterReader ofText() {
		return new ClusterReader(new ShownAnswer());
	}

	private ClusterReader(CompletableFuture<JsonNode> begun, Map<Long, Long> times, ShownAnswer answer) {
		this.begun = begun;
		this.times = times;
		this.answer = answer;
	}

	/** The same reader on its next connection, after this one has ended. */
	ClusterReader next() {
		ClusterReader next = new ClusterReader(this.begun, this.times, this.answer);
		next.repeated = this.repeated;
		return next;
	}

	/** Another reader of the same stream, which has nothing yet. */
	ClusterReader other() {
		return new ClusterReader(this.begun, new ConcurrentHashMap<>(),
				(this.answer != null) ? new ShownAnswer() : null);
	}

	/** The number of the last event. */
	long lastId() {
		return this.times.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(String line) {
		if (line.startsWith("id: ")) {
			this.id = line;
			came(Long.parseLong(line.substring(4)));
		}
		else if (line.startsWith("event: ")) {
			this.name = line.substring(7);
		}
		else if (line.startsWith("data: ")) {
			event(line);
		}
	}

	private void came(long number) {
		if (this.times.put(number, System.nanoTime()) != null) {
			this.repeated++;
		}
	}

	private void event(String data) {
		if (this.answer != null) {
			add(this.id + "\nevent: " + this.name + "\n" + data + "\n\n");
		}
		if (this.name.equals("start")) {
			this.begun.complete(JsonMapper.shared().readTree(data.substring(6)));
		}
		this.last = this.name;
	}

	private synchronized void add(String frame) {
		this.answer.add(LogEntry.ofFrame(frame.getBytes(StandardCharsets.UTF_8)));
	}

	@Override
	public void onError(Throwable ex) {
		onComplete();
	}

	@Override
	public void onComplete() {
		this.endedAt = System.nanoTime();
		this.ended.complete(this.last);
	}

	/** The text so far. */
	synchronized String text() {
		return this.answer.text().content();
	}

	/** How many events came twice. */
	int repeated() {
		return this.repeated;
	}

}
