package dev.runnel.conversation.store;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * A server that speaks just enough of the PostgreSQL protocol to refuse TLS and to
 * request the password unencrypted.
 */
final class PlainPostgres implements AutoCloseable {

	private static final int SSL_REQUEST = 80877103;

	private static final int GSS_REQUEST = 80877104;

	private static final int CLEARTEXT_PASSWORD = 3;

	private final ServerSocket socket;

	private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

	private PlainPostgres(ServerSocket socket) {
		this.socket = socket;
	}

	static PlainPostgres start() throws IOException {
		PlainPostgres server = new PlainPostgres(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
		Thread thread = new Thread(server::serve, "plain-postgres");
		thread.setDaemon(true);
		thread.start();
		return server;
	}

	int port() {
		return this.socket.getLocalPort();
	}

	/** All received data except requests for encryption. */
	synchronized String heard() {
		return this.heard.toString(StandardCharsets.ISO_8859_1);
	}

	private void serve() {
		while (!this.socket.isClosed()) {
			try (Socket client = this.socket.accept()) {
				talk(new DataInputStream(client.getInputStream()), new DataOutputStream(client.getOutputStream()));
			}
			catch (EOFException | SocketException ex) {
				continue;
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private void talk(DataInputStream in, DataOutputStream out) throws IOException {
		int length = in.readInt();
		int code = in.readInt();
		while (code == SSL_REQUEST || code == GSS_REQUEST) {
			out.writeByte('N');
			length = in.readInt();
			code = in.readInt();
		}
		hear(in.readNBytes(length - 2 * Integer.BYTES));
		out.writeByte('R');
		out.writeInt(2 * Integer.BYTES);
		out.writeInt(CLEARTEXT_PASSWORD);
		in.readByte();
		hear(in.readNBytes(in.readInt() - Integer.BYTES));
	}

	private synchronized void hear(byte[] said) {
		this.heard.writeBytes(said);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
