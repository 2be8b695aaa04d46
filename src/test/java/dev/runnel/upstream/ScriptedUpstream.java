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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * An upstream on a real socket of 127.0.0.1. It plays {@link Script}s byte by byte and
 * records the requests. It serves connections until it is closed.
 * <p>
 * Questions ({@code POST}) get the scripts in order, and the last one repeats.
 * {@code GET .../models} has its own script, so that a list request in the background
 * uses up no other script.
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

	/** Adds scripts for later questions. The last one repeats. */
	public ScriptedUpstream then(Script... more) {
		this.scripts.addAll(List.of(more));
		return this;
	}

	/**
	 * Replaces the scripts that were not played yet, and forgets the requests and
	 * connections that were not taken yet.
	 */
	public ScriptedUpstream instead(Script... scripts) {
		this.scripts.clear();
		this.requests.clear();
		this.connections.clear();
		return then(scripts);
	}

	/** Chooses the script of each question by its request. */
	public ScriptedUpstream answering(Function<Request, Script> model) {
		this.model = model;
		return this;
	}

	/** Sets the script for requests of the model list. */
	public ScriptedUpstream models(Script script) {
		this.models = script;
		return this;
	}

	/** The base URL of this upstream. */
	public String baseUrl() {
		return "http://127.0.0.1:" + this.server.getLocalPort() + "/api/v1";
	}

	/**
	 * Configures a server under test to ask this upstream, with the key {@code test-key}.
	 */
	public void register(DynamicPropertyRegistry registry) {
		registry.add("runnel.openrouter.base-url", this::baseUrl);
		registry.add("runnel.openrouter.api-key", () -> "test-key");
	}

	/** Waits for the next question. */
	public Request takeRequest() {
		return take(this.requests, "no request came");
	}

	/** Waits for the connection of the next question. */
	public Connection takeConnection() {
		return take(this.connections, "no connection came");
	}

	/** All requests so far, including those for models. */
	public List<Request> requests() {
		return List.copyOf(this.allRequests);
	}

	/** The number of questions so far. */
	public long questions() {
		return this.allRequests.stream().filter((request) -> request.method().equals("POST")).count();
	}

	/** The number of open connections. */
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

	/** Keeps reading while a script is played, to notice when the client disconnects. */
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
			// the client has disconnected, or the test is over
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

		private final AtomicLong written = new AtomicLong();

		private Connection(Socket socket) throws IOException {
			this.socket = socket;
			socket.setTcpNoDelay(true);
		}

		void write(byte[] bytes) throws IOException {
			this.socket.getOutputStream().write(bytes);
			this.written.addAndGet(bytes.length);
		}

		void close() {
			try {
				this.socket.close();
			}
			catch (IOException ex) {
				// it is already closed
			}
		}

		void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

		/** Waits until the client closes the connection; fails after 20 seconds. */
		public void awaitClientClosed() throws InterruptedException {
			if (!this.closed.await(20, TimeUnit.SECONDS)) {
				throw new AssertionError("the client did not close the connection");
			}
		}

		/**
		 * Waits until the script reaches {@link Script#silence()}; fails after 20
		 * seconds.
		 */
		public void awaitSilence() throws InterruptedException {
			if (!this.silent.await(20, TimeUnit.SECONDS)) {
				throw new AssertionError("the script did not come to its silence");
			}
		}

		/**
		 * The number of bytes that the sockets have taken so far.
		 */
		public long written() {
			return this.written.get();
		}

		void noteSilence() {
			this.silent.countDown();
		}

		private void noteClosed() {
			this.closed.countDown();
		}

	}

	/**
	 * A request of a client.
	 *
	 * @param method the method
	 * @param path the path with its query
	 * @param headers the headers, by name in any case
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
