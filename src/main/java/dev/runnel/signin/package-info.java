/**
 * Determines the account of a request, by the session of a browser or by the key of a
 * program, and decides what the request may do. It exists only in the mode {@code
 * accounts}.
 * <p>
 * Start at {@link dev.runnel.signin.SignedInFilter}, the only place that determines the
 * visitor in this mode, and at {@link dev.runnel.signin.SignInConfiguration} for the
 * rules. This package uses {@code accounts}, {@code conversation}, {@code limits} and
 * {@code web}; no package uses this one.
 */
@NullMarked
package dev.runnel.signin;

import org.jspecify.annotations.NullMarked;
