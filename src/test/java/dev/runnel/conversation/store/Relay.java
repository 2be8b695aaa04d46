package dev.runnel.conversation.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A TCP relay between a server and its database. It can cut, hold and double connections
 * and restore them.
 */
public final class Relay implements AutoCloseable {

	private final ServerSocket server;

	private final int target;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "relay");
		thread.setDaemon(true);
		return thread;
	});

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private volatile boolean cut;

	private volatile boolean doubled;

	private volatile CountDownLatch held = new CountDownLatch(0);

	private volatile String mark;

	private volatile String lastWord;

	private Relay(ServerSocket server, int target) {
		this.server = server;
		this.target = target;
		this.threads.execute(this::accept);
	}

	/** Starts a relay to a local port. */
	public static Relay to(int port) {
		try {
			return new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The port of the relay. */
	public int port() {
		return this.server.getLocalPort();
	}

	/** Closes all connections, and every new one. */
	public void cut() {
		this.cut = true;
		this.doubled = false;
		this.sockets.forEach(Relay::close);
	}

	/**
	 * Cuts as soon as the database has received this word on a connection that has
	 * carried the mark, before it answers. Other connections send the same words.
	 */
	public void cutAfter(String mark, String word) {
		this.mark = mark;
		this.lastWord = word;
	}

	/** Holds all data back, but leaves the connections open. */
	public void hold() {
		this.held = new CountDownLatch(1);
	}

	/**
	 * Closes all connections. Until the next cut each new one is doubled: the database
	 * gets its data once more on a second connection, and handles it sooner or later than
	 * on the first. The relay drops the answers of the second.
	 */
	public void doubleNext() {
		this.doubled = true;
		this.sockets.forEach(Relay::close);
	}

	/** Allows connections again, and forwards the held data. */
	public void mend() {
		this.held.countDown();
		this.lastWord = null;
		this.cut = false;
	}

	@Override
	public void close() {
		cut();
		this.threads.shutdownNow();
		close(this.server);
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				this.sockets.add(client);
				if (this.cut) {
					close(client);
				}
				else {
					connect(client);
				}
			}
		}
		catch (IOException ex) {
			// The relay was closed.
		}
	}

	private void connect(Socket client) throws IOException {
		Socket database = open();
		if (this.doubled) {
			Socket second = open();
			OutputStream out = second.getOutputStream();
			this.threads.execute(() -> drop(second));
			this.threads.execute(() -> pass(client, database, true, out));
		}
		else {
			this.threads.execute(() -> pass(client, database, true, OutputStream.nullOutputStream()));
		}
		this.threads.execute(() -> pass(database, client, false, OutputStream.nullOutputStream()));
	}

	private Socket open() throws IOException {
		Socket database = new Socket(InetAddress.getLoopbackAddress(), this.target);
		this.sockets.add(database);
		return database;
	}

	private static void drop(Socket database) {
		try (database) {
			database.getInputStream().transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			// The connection was cut, or one end closed it.
		}
	}

	private void pass(Socket from, Socket to, boolean words, OutputStream second) {
		try (from; to; second) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[64 * 1024];
			boolean marked = false;
			for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
				this.held.await();
				String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
				marked |= words && carriesMark(text);
				boolean last = words && isLast(text, marked);
				if (last) {
					// Before the database has the word, because it may answer at once.
					close(from);
				}
				second.write(buffer, 0, length);
				out.write(buffer, 0, length);
				out.flush();
				if (last) {
					to.shutdownOutput();
				}
			}
		}
		catch (IOException | InterruptedException ex) {
			// The connection was cut, or one end closed it.
		}
	}

	private boolean carriesMark(String text) {
		String wanted = this.mark;
		return wanted != null && text.contains(wanted);
	}

	private boolean isLast(String text, boolean marked) {
		String word = this.lastWord;
		this.cut |= marked && word != null && text.contains(word);
		return this.cut;
	}

	private static void close(AutoCloseable socket) {
		try {
			socket.close();
		}
		catch (Exception ex) {
			// The socket is closed in any case.
		}
	}

}
