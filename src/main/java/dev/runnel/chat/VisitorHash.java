package dev.runnel.chat;

import java.util.HexFormat;

import dev.runnel.web.Sha256;
import dev.runnel.web.Visitor;

/**
 * Creates the hash that stands for a visitor upstream. It is stable and cannot be traced
 * back.
 */
final class VisitorHash {

	private static final int BYTES = 16;

	private VisitorHash() {
	}

	static String of(Visitor visitor) {
		return HexFormat.of().formatHex(Sha256.of(visitor.id()), 0, BYTES);
	}

}
