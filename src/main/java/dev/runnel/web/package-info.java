/**
 * Shared by all endpoints: who sends a request and how failures are reported. It contains
 * no features.
 * <p>
 * Start at {@link dev.runnel.web.ProblemException} for failures and at
 * {@link dev.runnel.web.Visitor} for identity. This package uses no other package of the
 * application.
 */
@NullMarked
package dev.runnel.web;

import org.jspecify.annotations.NullMarked;
