/**
 * Visitor cookies, checks of requests from other sites and to unknown hosts, response
 * headers, and the limits of connections.
 * <p>
 * Start at {@link dev.runnel.security.VisitorFilter}, the only place that determines the
 * visitor. This package uses {@code data} and {@code web}; no package uses this one.
 */
@NullMarked
package dev.runnel.security;

import org.jspecify.annotations.NullMarked;
