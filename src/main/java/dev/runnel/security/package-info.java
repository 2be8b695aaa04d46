/**
 * Who may ask, and what a browser may do with the answer: the visitor's cookie, the
 * refusal of other sites' requests, the response headers.
 * <p>
 * Start at {@link dev.runnel.security.VisitorFilter}: who the visitor is comes from there
 * and nowhere else. This package uses {@code web}; nothing uses this package.
 */
@NullMarked
package dev.runnel.security;

import org.jspecify.annotations.NullMarked;
