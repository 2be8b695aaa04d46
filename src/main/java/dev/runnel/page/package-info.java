/**
 * The chat page. Start with {@link dev.runnel.page.PageController}; what the browser does
 * is in {@code static/js}, beginning with {@code app.js}. This package shows what
 * {@code conversation} keeps, in the vocabulary of {@code upstream}, rendered by
 * {@code markdown}.
 */
@NullMarked
package dev.runnel.page;

import org.jspecify.annotations.NullMarked;
