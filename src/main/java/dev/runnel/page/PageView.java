package dev.runnel.page;

import org.jspecify.annotations.Nullable;

/**
 * What the template needs to know of the page as a whole.
 *
 * @param language the language as an HTML {@code lang}
 * @param direction its HTML {@code dir}
 * @param texts the scripts' texts, safe to stand in a {@code script} element as they are
 * @param clock how the reader's time is told
 * @param token what the form without JavaScript has to send back; null where no form may
 * be sent
 */
record PageView(String language, String direction, String texts, ReaderClock clock, @Nullable String token) {

	public String zone() {
		return this.clock.zone().getId();
	}

}
