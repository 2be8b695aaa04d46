package dev.runnel.export;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import dev.runnel.conversation.ConversationHead;
import dev.runnel.upstream.WellFormed;

/**
 * Gives conversations file names that every system takes, each only once.
 */
final class FileNames {

	/** Of the title; with the date and the extension it is well within 255 bytes. */
	private static final int MAX_BYTES = 160;

	private static final String UNTITLED = "Conversation";

	/**
	 * Controls, what is not seen or turns the direction, but for the joiners of scripts.
	 */
	private static final Pattern UNSEEN = Pattern
		.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\x{FFFE}\\x{FFFF}&&[^\\u200C\\u200D]]");

	/** What Windows, or a path of any system, does not take. */
	private static final Pattern FORBIDDEN = Pattern.compile("[<>:\"/\\\\|?*%]+");

	private static final Pattern SPACE = Pattern.compile("\\s+");

	/** Hidden files, options of commands, and homes begin like this. */
	private static final Pattern START = Pattern.compile("^[\\s.~-]+");

	private static final Pattern END = Pattern.compile("[\\s.]+$");

	/** Names of devices, in Windows also with something after a dot. */
	private static final Pattern DEVICE = Pattern.compile("(?i)^(?:con|prn|aux|nul|com\\d|lpt\\d)(?=$|[ .])");

	private final Set<String> taken = new HashSet<>();

	/**
	 * Names a file after a conversation: its title and the day it began.
	 * @param head the conversation
	 * @param extension what the name ends in
	 * @return a name that this object did not give before, in any case
	 */
	String of(ConversationHead head, String extension) {
		String stem = stem(head.title()) + " " + LocalDate.ofInstant(head.createdAt(), ZoneOffset.UTC);
		String name = stem + "." + extension;
		for (int copy = 2; !this.taken.add(name.toLowerCase(Locale.ROOT)); copy++) {
			name = stem + " (" + copy + ")." + extension;
		}
		return name;
	}

	private static String stem(String title) {
		String name = Normalizer.normalize(WellFormed.of(title), Normalizer.Form.NFC);
		name = SPACE.matcher(UNSEEN.matcher(FORBIDDEN.matcher(name).replaceAll(" ")).replaceAll(" ")).replaceAll(" ");
		name = START.matcher(name).replaceFirst("");
		name = END.matcher(cut(name)).replaceFirst("");
		name = DEVICE.matcher(name).replaceFirst("_$0");
		return name.isEmpty() ? UNTITLED : name;
	}

	/** Cuts between two code points. */
	private static String cut(String name) {
		int bytes = 0;
		for (int at = 0; at < name.length(); at += Character.charCount(name.codePointAt(at))) {
			int codePoint = name.codePointAt(at);
			bytes += (codePoint < 0x80) ? 1 : (codePoint < 0x800) ? 2 : (codePoint < 0x10000) ? 3 : 4;
			if (bytes > MAX_BYTES) {
				return name.substring(0, at);
			}
		}
		return name;
	}

}
