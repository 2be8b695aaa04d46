package dev.runnel.markdown;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

/**
 * Completes the inline nodes of a block, which the library's parser leaves as a list: it
 * turns delimiter runs into emphasis, pairs of {@linkplain HarmlessTag harmless} tags
 * into elements, and adjacent texts into one.
 */
final class InlineTree {

	private InlineTree() {
	}

	static void complete(Node block) {
		Delimiters.resolve(block);
		finish(block);
	}

	private static void finish(Node parent) {
		boolean tags = false;
		for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
			tags |= child instanceof HtmlInline;
		}
		if (tags) {
			pairTags(parent);
		}
		Node node = parent.getFirstChild();
		while (node != null) {
			if (node instanceof Text text) {
				joinNext(text);
				node = text.getNext();
				splitAtAddressEnds(text);
			}
			else {
				finish(node);
				node = node.getNext();
			}
		}
	}

	private static void joinNext(Text text) {
		if (text.getNext() instanceof Text) {
			StringBuilder joined = new StringBuilder(text.getLiteral());
			while (text.getNext() instanceof Text next) {
				joined.append(next.getLiteral());
				next.unlink();
			}
			text.setLiteral(joined.toString());
			text.setSourceSpans(List.of());
		}
	}

	/**
	 * Wraps the nodes between two tags of the same name. A tag without a partner among
	 * its siblings stays text.
	 */
	private static void pairTags(Node parent) {
		Deque<HtmlInline> open = new ArrayDeque<>();
		Node next;
		for (Node node = parent.getFirstChild(); node != null; node = next) {
			next = node.getNext();
			if (node instanceof HtmlInline html) {
				if (HarmlessTag.opens(html.getLiteral()) && open.size() < HarmlessTag.MAX_DEPTH) {
					open.push(html);
				}
				else if (HarmlessTag.closes(html.getLiteral())) {
					pair(open, html);
				}
			}
		}
	}

	private static void pair(Deque<HtmlInline> open, HtmlInline closer) {
		String name = HarmlessTag.name(closer.getLiteral());
		if (open.stream().noneMatch((tag) -> HarmlessTag.name(tag.getLiteral()).equals(name))) {
			return;
		}
		HtmlInline opener = open.pop();
		while (!HarmlessTag.name(opener.getLiteral()).equals(name)) {
			opener = open.pop();
		}
		HarmlessElement element = new HarmlessElement(name);
		while (opener.getNext() != closer) {
			element.appendChild(opener.getNext());
		}
		opener.insertAfter(element);
		opener.unlink();
		closer.unlink();
	}

	/**
	 * Whether the name of a mailbox starts at the index, right behind a CJK character.
	 */
	private static boolean isMailbox(String text, int index) {
		int end = Cjk.is(text.charAt(index - 1)) ? index : text.length();
		while (end < text.length() && text.charAt(end) < 0x80
				&& (Character.isLetterOrDigit(text.charAt(end)) || "._%+-".indexOf(text.charAt(end)) >= 0)) {
			end++;
		}
		return end > index && end < text.length() && text.charAt(end) == '@';
	}

	/**
	 * Splits a text where a bare address would end, because the search for addresses
	 * treats each text separately.
	 */
	static void splitAtAddressEnds(Text text) {
		String literal = text.getLiteral();
		if (literal.indexOf("://") < 0 && literal.indexOf('@') < 0 && literal.indexOf("ww.") < 0
				&& literal.indexOf("WW.") < 0) {
			return;
		}
		Text last = text;
		int start = 0;
		int scheme = literal.startsWith("://") ? 0 : -1;
		for (int i = 1; i < literal.length(); i++) {
			scheme = literal.startsWith("://", i) ? i : scheme;
			boolean ends = Cjk.endsAddress(literal.charAt(i - 1)) != Cjk.endsAddress(literal.charAt(i));
			if (ends || (scheme < start && isMailbox(literal, i))) {
				last.setLiteral(literal.substring(start, i));
				Text next = new Text("");
				last.insertAfter(next);
				last = next;
				start = i;
			}
		}
		if (start > 0) {
			last.setLiteral(literal.substring(start));
		}
	}

}
