package dev.runnel.accounts;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of an account.
 *
 * @param shown the name as the person sees it
 * @param login the name as names are compared: without case, in one form of each letter
 */
record AccountName(String shown, String login) {

	/** Letters, digits and marks of any script, and what e-mail addresses are made of. */
	private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ._@+'-]{0,59}");

	/**
	 * Checks a typed name.
	 * @param typed the name as it was typed
	 * @return the name
	 * @throws Refusal if it is no name
	 */
	static AccountName of(String typed) {
		String shown = normal(typed);
		if (!ALLOWED.matcher(shown).matches()) {
			throw new Refusal(Refusal.Reason.NAME);
		}
		return new AccountName(shown, folded(shown));
	}

	/**
	 * Returns the form in which names are compared.
	 * @param typed any text
	 * @return the form
	 */
	static String folded(String typed) {
		return normal(typed).toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns whether a text can be a name. Another text has no account, and may have
	 * characters that a database cannot store.
	 * @param typed any text
	 * @return true if so
	 */
	static boolean isPossible(String typed) {
		return ALLOWED.matcher(normal(typed)).matches();
	}

	private static String normal(String typed) {
		return Normalizer.normalize(typed.strip(), Normalizer.Form.NFKC);
	}

}
