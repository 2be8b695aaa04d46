package dev.runnel.page;

import org.jspecify.annotations.Nullable;

/**
 * The values of the template that concern the whole page.
 *
 * @param language the value of the HTML attribute {@code lang}
 * @param direction the value of the HTML attribute {@code dir}
 * @param texts the texts of the scripts as JSON, safe in a {@code script} element without
 * escaping
 * @param clock the time zone and language of the reader
 * @param token the token that the form without JavaScript must return; null if no form
 * may be sent
 * @param account the name of the account; null if nobody signs in
 * @param tied whether the chats belong to this browser alone, because nobody signs in and
 * the server has no single owner
 */
record PageView(String language, String direction, String texts, ReaderClock clock, @Nullable String token,
		@Nullable String account, boolean tied) {

	public String zone() {
		return this.clock.zone().getId();
	}

}
