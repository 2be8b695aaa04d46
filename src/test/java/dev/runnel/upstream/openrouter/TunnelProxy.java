package dev.runnel.upstream.openrouter;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy on a real socket. It opens a tunnel to one port of this machine, whatever host
 * the client names, or refuses to.
 */
final class TunnelProxy implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<String> heads = new CopyOnWriteArrayList<>();

	private final String status;

	private final int target;

	private TunnelProxy(String status, int target) throws IOException {
		this.status = status;
		this.target = target;
		this.threads.execute(this::accept);
	}

	static TunnelProxy to(int port) throws IOException {
		return new TunnelProxy("200 Connection established", port);
	}

	static TunnelProxy refusing(String status) throws IOException {
		return new TunnelProxy(status, 0);
	}

	int port() {
		return this.server.getLocalPort();
	}

	/** The request heads sent to the proxy itself. */
	List<String> heads() {
		return this.heads;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		this.threads.shutdownNow();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				this.threads.execute(() -> serve(client));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void serve(Socket client) {
		try (client) {
			this.heads.add(head(client.getInputStream()));
			client.getOutputStream()
				.write(("HTTP/1.1 " + this.status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
			if (this.target > 0) {
				tunnel(client);
			}
		}
		catch (IOException ex) {
			// the client has disconnected
		}
	}

	private void tunnel(Socket client) throws IOException {
		try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.target)) {
			this.threads.execute(() -> copy(client, upstream));
			copy(upstream, client);
		}
	}

	private static void copy(Socket from, Socket to) {
		try {
			byte[] buffer = new byte[8192];
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				out.write(buffer, 0, count);
			}
		}
		catch (IOException ex) {
			// one side has disconnected
		}
	}

	private static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				throw new IOException("the client has gone: " + head);
			}
			head.append((char) next);
		}
		return head.toString();
	}

}
