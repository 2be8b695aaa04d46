package dev.runnel.page;

/**
 * What the template needs to know of the page as a whole.
 *
 * @param language the language as an HTML {@code lang}
 * @param direction its HTML {@code dir}
 * @param texts the scripts' texts, safe to stand in a {@code script} element as they are
 */
record PageView(String language, String direction, String texts) {
}
