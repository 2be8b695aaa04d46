package dev.runnel.markdown;

import java.util.IdentityHashMap;
import java.util.Map;

import org.commonmark.node.Emphasis;
import org.commonmark.node.Node;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/**
 * Turns the {@linkplain DelimiterRun runs} in a block into emphasis and strikethrough, by
 * CommonMark's algorithm. Each list of siblings is resolved separately, because no
 * emphasis crosses the border of a link. The time is linear, because the search for an
 * opener ends where an earlier search for the same {@linkplain DelimiterRun#kind kind}
 * has found nothing.
 */
final class Delimiters {

	/** The maximum depth of nested emphasis. Marks of deeper emphasis stay text. */
	private static final int MAX_DEPTH = 100;

	private static final int KINDS = 13;

	private final Map<Node, Integer> depths = new IdentityHashMap<>();

	/** For each kind of closing run: the last run up to which there is no opener. */
	private final int[] bottoms = new int[KINDS];

	private @Nullable DelimiterRun last;

	private Delimiters() {
	}

	/** Replaces all runs in a block and in its links. */
	static void resolve(Node parent) {
		DelimiterRun first = null;
		Delimiters delimiters = null;
		for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
			if (node instanceof DelimiterRun run) {
				first = (first != null) ? first : run;
				delimiters = (delimiters != null) ? delimiters : new Delimiters();
				delimiters.add(run);
			}
			else if (node.getFirstChild() != null) {
				resolve(node);
			}
		}
		if (delimiters != null) {
			delimiters.match(first);
		}
	}

	private void add(DelimiterRun run) {
		Flanking.decide(run);
		run.before = this.last;
		run.place = (this.last != null) ? this.last.place + 1 : 1;
		if (this.last != null) {
			this.last.after = run;
		}
		this.last = run;
	}

	private void match(@Nullable DelimiterRun first) {
		DelimiterRun run = first;
		while (run != null) {
			DelimiterRun opener = run.closes ? opener(run) : null;
			if (opener == null) {
				run = run.after;
			}
			else {
				wrap(opener, run);
				run = (run.length > 0) ? run : run.after;
			}
		}
		while (this.last != null) {
			DelimiterRun rest = this.last;
			remove(rest);
		}
	}

	private @Nullable DelimiterRun opener(DelimiterRun closer) {
		DelimiterRun opener = closer.before;
		while (opener != null && opener.place > this.bottoms[closer.kind()]) {
			if (closer.pairs(opener) > 0 && depthBetween(opener, closer) < MAX_DEPTH) {
				return opener;
			}
			opener = opener.before;
		}
		this.bottoms[closer.kind()] = closer.place - 1;
		if (!closer.opens) {
			remove(closer);
		}
		return null;
	}

	/** The depth of the emphasis between two runs. */
	private int depthBetween(Node opener, Node closer) {
		int depth = 0;
		for (Node node = opener.getNext(); node != null && node != closer; node = node.getNext()) {
			depth = Math.max(depth, this.depths.getOrDefault(node, 0));
		}
		return depth;
	}

	private void wrap(DelimiterRun opener, DelimiterRun closer) {
		int marks = closer.pairs(opener);
		int depth = depthBetween(opener, closer) + 1;
		for (DelimiterRun between = closer.before; between != null && between != opener; between = closer.before) {
			remove(between);
		}
		Node element = element(closer.mark, marks);
		while (opener.getNext() != null && opener.getNext() != closer) {
			element.appendChild(opener.getNext());
		}
		opener.insertAfter(element);
		this.depths.put(element, depth);
		use(opener, marks);
		use(closer, marks);
	}

	private static Node element(char mark, int marks) {
		if (mark == '~') {
			return new Strike();
		}
		return (marks == 2) ? new StrongEmphasis(String.valueOf(mark).repeat(2)) : new Emphasis(String.valueOf(mark));
	}

	private void use(DelimiterRun run, int marks) {
		run.length -= marks;
		if (run.length == 0) {
			remove(run);
		}
	}

	/** Takes a run out of the chain. Marks without a partner become text. */
	private void remove(DelimiterRun run) {
		if (run == this.last) {
			this.last = run.before;
		}
		run.leaveChain();
		if (run.length > 0) {
			run.insertBefore(new Text(run.text()));
		}
		run.unlink();
	}

}
