/**
 * The chat page. Start with {@link dev.runnel.page.PageController}; what the browser does
 * is in {@code static/js}, beginning with {@code app.js}. Uses no other package.
 */
@NullMarked
package dev.runnel.page;

import org.jspecify.annotations.NullMarked;
