package dev.runnel.export;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import dev.runnel.conversation.ConversationHead;
import dev.runnel.upstream.WellFormed;

/**
 * Chooses file names for conversations. The names are valid on every system and unique
 * within one object of this class.
 */
final class FileNames {

	/**
	 * The longest title in a name, in bytes. With the date and the extension, the name
	 * stays well below the usual limit of 255 bytes.
	 */
	private static final int MAX_BYTES = 160;

	private static final String UNTITLED = "Conversation";

	/**
	 * Control characters, invisible characters and characters that change the text
	 * direction. The joiners U+200C and U+200D are kept because some scripts need them.
	 */
	private static final Pattern UNSEEN = Pattern
		.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\x{FFFE}\\x{FFFF}&&[^\\u200C\\u200D]]");

	/** Characters that Windows or a path on any system does not allow. */
	private static final Pattern FORBIDDEN = Pattern.compile("[<>:\"/\\\\|?*%]+");

	private static final Pattern SPACE = Pattern.compile("\\s+");

	/** The beginnings of hidden files, command options and home directories. */
	private static final Pattern START = Pattern.compile("^[\\s.~-]+");

	private static final Pattern END = Pattern.compile("[\\s.]+$");

	/** Device names of Windows, which stay reserved with an extension. */
	private static final Pattern DEVICE = Pattern.compile("(?i)^(?:con|prn|aux|nul|com\\d|lpt\\d)(?=$|[ .])");

	/** How often each name without a number was asked for, in lower case. */
	private final Map<String, Integer> copies = new HashMap<>();

	/**
	 * Builds a file name from the title and the creation date of a conversation.
	 * @param head the conversation
	 * @param extension the extension, without the dot
	 * @return a name that this object has not returned before, compared without case
	 */
	String of(ConversationHead head, String extension) {
		String stem = stem(head.title()) + " " + LocalDate.ofInstant(head.createdAt(), ZoneOffset.UTC);
		// A name with a number equals no name without one, which ends with a date.
		int copy = this.copies.merge((stem + "." + extension).toLowerCase(Locale.ROOT), 1, Integer::sum);
		return stem + ((copy > 1) ? " (" + copy + ")." : ".") + extension;
	}

	private static String stem(String title) {
		String name = Normalizer.normalize(WellFormed.of(title), Normalizer.Form.NFC);
		name = SPACE.matcher(UNSEEN.matcher(FORBIDDEN.matcher(name).replaceAll(" ")).replaceAll(" ")).replaceAll(" ");
		name = START.matcher(name).replaceFirst("");
		name = END.matcher(cut(name)).replaceFirst("");
		name = DEVICE.matcher(name).replaceFirst("_$0");
		return name.isEmpty() ? UNTITLED : name;
	}

	/** Cuts the name to {@link #MAX_BYTES} bytes, between two code points. */
	private static String cut(String name) {
		CharBuffer rest = CharBuffer.wrap(name);
		StandardCharsets.UTF_8.newEncoder()
			.onMalformedInput(CodingErrorAction.REPLACE)
			.encode(rest, ByteBuffer.allocate(MAX_BYTES), true);
		return name.substring(0, rest.position());
	}

}
