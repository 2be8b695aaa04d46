/**
 * Visitor cookies, checks of requests from other sites and to unknown hosts, response
 * headers, and the limits of connections.
 * <p>
 * Start at {@link dev.runnel.security.VisitorFilter}, which determines the visitor by a
 * cookie, and at {@link dev.runnel.security.OwnerFilter}, which knows only one. This
 * package uses {@code data} and {@code web}; no package uses this one.
 */
@NullMarked
package dev.runnel.security;

import org.jspecify.annotations.NullMarked;
