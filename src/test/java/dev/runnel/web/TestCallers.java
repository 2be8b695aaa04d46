package dev.runnel.web;

import java.net.InetAddress;

/**
 * Those who ask, for the tests of what they are given.
 */
public final class TestCallers {

	private TestCallers() {
	}

	/** Somebody at this machine, for whom no limit holds. */
	public static Caller local(Visitor visitor) {
		return new Caller(visitor, true, new ClientAddress(InetAddress.getLoopbackAddress()), false);
	}

}
