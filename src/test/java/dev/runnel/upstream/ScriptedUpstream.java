package dev.runnel.upstream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * An upstream on a real socket of 127.0.0.1 that does, byte by byte, what {@link Script}s
 * say, and keeps what it was asked. It serves connections until it is closed.
 * <p>
 * Questions ({@code POST}) get the scripts in their order, the last one again and again;
 * {@code GET .../models} has a script of its own, so that a list that is fetched in the
 * background takes none away.
 */
public final class ScriptedUpstream implements AutoCloseable {

	private final ServerSocket server;

	private final ExecutorService threads = Executors.newCachedThreadPool(ScriptedUpstream::daemon);

	private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();

	private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

	private final List<Request> allRequests = new CopyOnWriteArrayList<>();

	private final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();

	private final Set<Connection> open = ConcurrentHashMap.newKeySet();

	private volatile Function<Request, Script> model;

	private volatile Script models = Script.answer(404, "application/json", "{}");

	private ScriptedUpstream(ServerSocket server) {
		this.server = server;
		this.threads.execute(this::accept);
	}

	/** Starts on a free port. */
	public static ScriptedUpstream start(Script... scripts) {
		try {
			ScriptedUpstream upstream = new ScriptedUpstream(
					new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()));
			return upstream.then(scripts);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Adds scripts for the questions to come; the last one is played again and again. */
	public ScriptedUpstream then(Script... more) {
		this.scripts.addAll(List.of(more));
		return this;
	}

	/**
	 * Forgets the scripts not played and the questions not taken yet, and plays these.
	 */
	public ScriptedUpstream instead(Script... scripts) {
		this.scripts.clear();
		this.requests.clear();
		this.connections.clear();
		return then(scripts);
	}

	/** Answers each question by what it asks, in place of scripts. */
	public ScriptedUpstream answering(Function<Request, Script> model) {
		this.model = model;
		return this;
	}

	/** Answers requests for the list of models. */
	public ScriptedUpstream models(Script script) {
		this.models = script;
		return this;
	}

	/** What to give as the base URL. */
	public String baseUrl() {
		return "http://127.0.0.1:" + this.server.getLocalPort() + "/api/v1";
	}

	/** Has a server under test ask this upstream, with the key {@code test-key}. */
	public void register(DynamicPropertyRegistry registry) {
		registry.add("runnel.openrouter.base-url", this::baseUrl);
		registry.add("runnel.openrouter.api-key", () -> "test-key");
	}

	/** The next question, which may still have to come. */
	public Request takeRequest() {
		return take(this.requests, "no request came");
	}

	/** The connection of the next question, which may still have to come. */
	public Connection takeConnection() {
		return take(this.connections, "no connection came");
	}

	/** All that was asked so far, requests for models included. */
	public List<Request> requests() {
		return List.copyOf(this.allRequests);
	}

	/** How many questions came so far. */
	public long questions() {
		return this.allRequests.stream().filter((request) -> request.method().equals("POST")).count();
	}

	/** How many connections clients hold now. */
	public int openConnections() {
		return this.open.size();
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.open.forEach(Connection::close);
		this.threads.shutdownNow();
	}

	private static <T> T take(BlockingQueue<T> queue, String lack) {
		try {
			T taken = queue.poll(10, TimeUnit.SECONDS);
			if (taken == null) {
				throw new AssertionError(lack);
			}
			return taken;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void accept() {
		try {
			while (true) {
				Connection connection = new Connection(this.server.accept());
				this.open.add(connection);
				this.threads.execute(() -> serve(connection));
			}
		}
		catch (IOException | RejectedExecutionException ex) {
			// closed
		}
	}

	/** Reads on while a script is played: this is how a leaving client is noticed. */
	private void serve(Connection connection) {
		try (Socket socket = connection.socket) {
			InputStream in = new BufferedInputStream(socket.getInputStream());
			for (Request request = Request.read(in); request != null; request = Request.read(in)) {
				Script script = note(request, connection);
				this.threads.execute(() -> play(script, connection));
			}
		}
		catch (IOException | RejectedExecutionException ex) {
			// reset by the client, closed by a script, or the test is over
		}
		finally {
			this.open.remove(connection);
			connection.noteClosed();
		}
	}

	private Script note(Request request, Connection connection) {
		this.allRequests.add(request);
		if (request.method().equals("GET")) {
			return this.models;
		}
		this.connections.add(connection);
		this.requests.add(request);
		Function<Request, Script> answering = this.model;
		return (answering != null) ? answering.apply(request) : nextScript();
	}

	private synchronized Script nextScript() {
		Script script = (this.scripts.size() > 1) ? this.scripts.poll() : this.scripts.peek();
		if (script == null) {
			throw new IllegalStateException("no script");
		}
		return script;
	}

	private static void play(Script script, Connection connection) {
		try {
			script.play(connection);
		}
		catch (IOException | InterruptedException ex) {
			// the client has gone, or the test is over
		}
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "scripted-upstream");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * A connection of a client.
	 */
	public static final class Connection {

		private final Socket socket;

		private final CountDownLatch closed = new CountDownLatch(1);

		private final CountDownLatch silent = new CountDownLatch(1);

		private volatile long closedAt;

		private Connection(Socket socket) throws IOException {
			this.socket = socket;
			socket.setTcpNoDelay(true);
		}

		void write(byte[] bytes) throws IOException {
			this.socket.getOutputStream().write(bytes);
		}

		void close() {
			try {
				this.socket.close();
			}
			catch (IOException ex) {
				// it is closed, one way or the other
			}
		}

		void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

		/** Waits until the client closes, or fails. */
		public void awaitClientClosed() throws InterruptedException {
			if (!this.closed.await(20, TimeUnit.SECONDS)) {
				throw new AssertionError("the client did not close the connection");
			}
		}

		/** Waits until the script has come to its {@link Script#silence()}. */
		public void awaitSilence() throws InterruptedException {
			if (!this.silent.await(20, TimeUnit.SECONDS)) {
				throw new AssertionError("the script did not come to its silence");
			}
		}

		/** When the connection was closed, as {@link System#nanoTime()}. */
		public long closedAt() {
			return this.closedAt;
		}

		/** Waits until the client closes. */
		public boolean isClosedWithin(Duration limit) throws InterruptedException {
			return this.closed.await(limit.toMillis(), TimeUnit.MILLISECONDS);
		}

		void noteSilence() {
			this.silent.countDown();
		}

		private void noteClosed() {
			this.closedAt = System.nanoTime();
			this.closed.countDown();
		}

	}

	/**
	 * What a client sent.
	 *
	 * @param method the method
	 * @param path the path with its query
	 * @param headers by name in any case
	 * @param body the body
	 */
	public record Request(String method, String path, Map<String, String> headers, byte[] body) {

		/** The body as text. */
		public String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

		private static Request read(InputStream in) throws IOException {
			String start = readLine(in);
			if (start == null || start.isEmpty()) {
				return null;
			}
			Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			for (String line = readLine(in); line != null && !line.isEmpty(); line = readLine(in)) {
				int colon = line.indexOf(':');
				headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
			}
			String[] parts = start.split(" ");
			return new Request(parts[0].toUpperCase(Locale.ROOT), parts[1], headers, readBody(in, headers));
		}

		private static byte[] readBody(InputStream in, Map<String, String> headers) throws IOException {
			if (!"chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))) {
				return in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
			}
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			for (int size = readSize(in); size > 0; size = readSize(in)) {
				body.writeBytes(in.readNBytes(size));
				readLine(in);
			}
			readLine(in);
			return body.toByteArray();
		}

		private static int readSize(InputStream in) throws IOException {
			String line = readLine(in);
			return (line != null) ? Integer.parseInt(line.strip(), 16) : 0;
		}

		private static String readLine(InputStream in) throws IOException {
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			for (int b = in.read(); b != '\n'; b = in.read()) {
				if (b < 0) {
					return (line.size() > 0) ? line.toString(StandardCharsets.UTF_8) : null;
				}
				line.write(b);
			}
			return line.toString(StandardCharsets.UTF_8).stripTrailing();
		}

	}

}
