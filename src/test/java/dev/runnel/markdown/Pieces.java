package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Ways to cut a text into pieces for streaming.
 */
final class Pieces {

	private Pieces() {
	}

	static List<String> of(String text, int size) {
		List<String> pieces = new ArrayList<>();
		for (int i = 0; i < text.length(); i += size) {
			pieces.add(text.substring(i, Math.min(text.length(), i + size)));
		}
		return pieces;
	}

	static List<String> random(String text, long seed) {
		Random random = new Random(seed);
		List<String> pieces = new ArrayList<>();
		int start = 0;
		while (start < text.length()) {
			int end = Math.min(text.length(), start + 1 + random.nextInt(12));
			pieces.add(text.substring(start, end));
			start = end;
		}
		return pieces;
	}

}
