/**
 * What every endpoint shares: who asks, how a failure is told, nothing of any feature.
 * <p>
 * Start at {@link dev.runnel.web.ProblemException} for failures and at
 * {@link dev.runnel.web.Visitor} for identity. This package uses no other package of the
 * application.
 */
@NullMarked
package dev.runnel.web;

import org.jspecify.annotations.NullMarked;
