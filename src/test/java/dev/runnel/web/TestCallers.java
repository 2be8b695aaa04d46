package dev.runnel.web;

import java.net.InetAddress;

/**
 * Callers for tests.
 */
public final class TestCallers {

	private TestCallers() {
	}

	/** Returns a caller on this machine, without limits. */
	public static Caller local(Visitor visitor) {
		return new Caller(visitor, true, new ClientAddress(InetAddress.getLoopbackAddress()), false,
				Standing.VISITOR);
	}

	/** Returns a caller on this machine whose first request this is. */
	public static Caller unknown(Visitor visitor) {
		return new Caller(visitor, false, new ClientAddress(InetAddress.getLoopbackAddress()), false,
				Standing.VISITOR);
	}

}
