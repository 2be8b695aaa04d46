package dev.runnel.web;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Why a request is refused, if a person can meet the reason on the page. The page says it
 * in the reader's language, with the text {@code script.reasons.} and the name in lower
 * case. Each reason has its English sentence, in which numbers stand for the parameters
 * of the problem.
 */
public enum Reason {

	FILE_EMPTY(ErrorCode.INVALID_REQUEST, "The file is empty."),

	FILE_TOO_LARGE(ErrorCode.PAYLOAD_TOO_LARGE, "The file may have at most {0} MB."),

	FILE_LATE(ErrorCode.INVALID_REQUEST, "The file did not arrive in time."),

	FILE_UNKNOWN(ErrorCode.UNSUPPORTED_MEDIA_TYPE,
			"The file is no picture (PNG, JPEG, WebP, GIF), no PDF and no text in UTF-8."),

	FILE_GONE(ErrorCode.INVALID_REQUEST, "An attached file was deleted meanwhile. Attach it again."),

	FILE_NOT_STORED(ErrorCode.INTERNAL, "The file cannot be stored on the server right now."),

	TEXT_TOO_LONG(ErrorCode.PAYLOAD_TOO_LARGE, "A text file may have at most {0} characters."),

	PICTURE_DAMAGED(ErrorCode.INVALID_REQUEST, "The picture is damaged or cut off."),

	PICTURE_TOO_LARGE(ErrorCode.PAYLOAD_TOO_LARGE, "The picture has {0} × {1} pixels, and {2} are allowed."),

	FRAMES_TOO_LARGE(ErrorCode.PAYLOAD_TOO_LARGE, "The frames of the picture have too many pixels together."),

	PDF_LOCKED(ErrorCode.INVALID_REQUEST, "This PDF needs a password."),

	PDF_DAMAGED(ErrorCode.INVALID_REQUEST, "This PDF is damaged."),

	PDF_SLOW(ErrorCode.INVALID_REQUEST, "Reading this PDF takes too long."),

	PDF_TOO_COMPLEX(ErrorCode.PAYLOAD_TOO_LARGE, "This PDF takes too much memory or work to read."),

	PDF_TOO_MANY_PAGES(ErrorCode.PAYLOAD_TOO_LARGE, "A PDF may have at most {0} pages."),

	PAGES_MISSING(ErrorCode.INVALID_REQUEST, "The PDF has no such pages."),

	MODEL_CANNOT_SEE(ErrorCode.INVALID_REQUEST, "{1} cannot see pictures, such as {0}."),

	MODEL_CANNOT_SCAN(ErrorCode.INVALID_REQUEST, "{1} cannot read scans, such as {0}."),

	FILES_TOO_LONG(ErrorCode.CONTEXT_TOO_LONG, "The files have about {0} tokens, and {1} reads {2}."),

	MODEL_NOT_OFFERED(ErrorCode.INVALID_REQUEST, "The model {0} is not offered here. Choose another one."),

	MESSAGE_EMPTY(ErrorCode.INVALID_REQUEST, "The message is empty."),

	MESSAGE_TOO_LONG(ErrorCode.INVALID_REQUEST, "A message may have at most {0} characters."),

	LINE_EMPTY(ErrorCode.INVALID_REQUEST, "The text is empty."),

	LINE_TOO_LONG(ErrorCode.INVALID_REQUEST, "The text may have at most {0} characters."),

	CHAT_FULL(ErrorCode.INVALID_REQUEST, "This conversation is full. Start a new one."),

	TOO_MANY_CHATS(ErrorCode.INVALID_REQUEST, "You have reached the limit of {0} conversations. Delete some first."),

	TOO_MANY_PRESETS(ErrorCode.INVALID_REQUEST, "You have reached the limit of {0} presets. Delete some first."),

	ANSWER_RUNNING(ErrorCode.INVALID_REQUEST, "An answer is still being written. Try again when it is complete."),

	OWN_ROOM_USED(ErrorCode.STORAGE_FULL,
			"Your conversations and files use all the room that one visitor has. Delete some first."),

	ROOM_USED(ErrorCode.STORAGE_FULL,
			"This server has no room for more conversations and files. Delete some of yours, or ask its operator."),

	STORE_AWAY(ErrorCode.INTERNAL, "Conversations cannot be stored or read at the moment. Try again in a few seconds."),

	SERVERS_AWAY(ErrorCode.INTERNAL,
			"Answers that other servers write cannot be reached at the moment. Try again in a few seconds."),

	MEMORY_USED(ErrorCode.RATE_LIMITED,
			"This server has no memory for more work at the moment. Try again in a few seconds."),

	OWN_BUDGET_OF_DAY(ErrorCode.BUDGET_SPENT, "Your budget for today is spent. A free model may still answer."),

	OWN_BUDGET_OF_MONTH(ErrorCode.BUDGET_SPENT, "Your budget for this month is spent. A free model may still answer."),

	BUDGET_OF_DAY(ErrorCode.BUDGET_SPENT,
			"The budget of this server for today is spent. A free model may still answer."),

	BUDGET_OF_MONTH(ErrorCode.BUDGET_SPENT,
			"The budget of this server for this month is spent. A free model may still answer."),

	TOO_MANY_QUESTIONS(ErrorCode.RATE_LIMITED, "Too many messages in a short time."),

	TOO_MANY_TRANSFERS(ErrorCode.RATE_LIMITED, "Too many imports and exports in a short time."),

	TOO_MANY_SEARCHES(ErrorCode.RATE_LIMITED, "Too many searches in a short time."),

	TOO_MANY_SIGN_INS(ErrorCode.RATE_LIMITED, "Too many attempts to sign in."),

	TOO_MANY_REQUESTS(ErrorCode.RATE_LIMITED, "Too many requests in a short time."),

	TOO_MANY_TOKENS(ErrorCode.RATE_LIMITED, "All together have used too many tokens."),

	OWN_ANSWERS(ErrorCode.RATE_LIMITED,
			"You already have {0} answers being written, which is the limit. Wait for one to end, or stop one."),

	ANSWERS_OF_ADDRESS(ErrorCode.RATE_LIMITED,
			"Your address has reached its limit of running answers. Wait for one to end."),

	ANSWERS_WITHOUT_COOKIE(ErrorCode.RATE_LIMITED,
			"Without this server''s cookie, an address can have only one running answer. Wait for it to end, or send"
					+ " the cookie that came with it."),

	ANSWERS_OF_SERVER(ErrorCode.RATE_LIMITED,
			"This server is writing as many answers as it can. Try again in a moment."),

	UPLOADS_BUSY(ErrorCode.RATE_LIMITED, "Too many files are being uploaded. Try again in a minute."),

	CHECKS_BUSY(ErrorCode.RATE_LIMITED, "Too many files are being checked. Try again in a few seconds."),

	OWN_IMPORT_RUNNING(ErrorCode.RATE_LIMITED, "Another import of yours is running. Try again after its end."),

	IMPORTS_BUSY(ErrorCode.RATE_LIMITED, "Too many imports are running. Try again in a few seconds."),

	IMPORT_UNKNOWN(ErrorCode.INVALID_REQUEST,
			"This is no export that can be imported. Choose one of Runnel, ChatGPT, Claude, Open WebUI or LibreChat"
					+ " (.json or .zip)."),

	IMPORT_OTHER(ErrorCode.INVALID_REQUEST, "This is an export of {0}, which cannot be imported yet."),

	IMPORT_NEWER(ErrorCode.INVALID_REQUEST, "This export was written by a newer version of Runnel."),

	IMPORT_DAMAGED(ErrorCode.INVALID_REQUEST, "The file is damaged or incomplete."),

	IMPORT_INVALID(ErrorCode.INVALID_REQUEST, "A part of this chat cannot be read."),

	IMPORT_EMPTY(ErrorCode.INVALID_REQUEST, "This chat has no messages."),

	IMPORT_TOO_LARGE(ErrorCode.PAYLOAD_TOO_LARGE, "This is larger than an import may be."),

	REQUEST_TOO_LARGE(ErrorCode.PAYLOAD_TOO_LARGE, "The request is too large."),

	FORM_OUTDATED(ErrorCode.INVALID_REQUEST,
			"This form is out of date or belongs to another visitor. Reload the page."),

	PASSWORDS_BUSY(ErrorCode.RATE_LIMITED, "Too many passwords are being checked. Try again in a moment.");

	private final ErrorCode code;

	private final String sentence;

	Reason(ErrorCode code, String sentence) {
		this.code = code;
		this.sentence = sentence;
	}

	/**
	 * Returns the stable name for programs.
	 * @return a name of the API
	 */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the code of the problem.
	 * @return the code
	 */
	public ErrorCode code() {
		return this.code;
	}

	/**
	 * Returns the English sentence, in which numbers such as {@code {0}} stand for the
	 * parameters.
	 * @return a pattern of {@link MessageFormat}
	 */
	public String sentence() {
		return this.sentence;
	}

	/**
	 * Returns the English sentence, filled with parameters.
	 * @param parameters numbers and names
	 * @return a sentence for people
	 */
	String fill(Object... parameters) {
		return MessageFormat.format(this.sentence, Stream.of(parameters).map(String::valueOf).toArray());
	}

}
