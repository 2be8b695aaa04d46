/**
 * Which models may be chosen, and {@code GET /api/models}.
 * <p>
 * Start at {@link dev.runnel.models.Models}. This package uses
 * {@code dev.runnel.upstream} only.
 */
@NullMarked
package dev.runnel.models;

import org.jspecify.annotations.NullMarked;
