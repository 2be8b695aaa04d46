/**
 * The chat page. Start at {@link dev.runnel.page.PageController}; the browser's part is
 * in {@code static/js} and starts at {@code app.js}. This package shows the messages of
 * {@code conversation}, with the HTML of {@code markdown}, the account of {@code memory},
 * the names of {@code models} and the types of {@code upstream} and {@code web}. No
 * package uses this one.
 */
@NullMarked
package dev.runnel.page;

import org.jspecify.annotations.NullMarked;
