/**
 * The models that visitors may choose, and {@code GET /api/models}.
 * <p>
 * Start at {@link dev.runnel.models.Models}. This package uses {@code upstream} and
 * {@code web}.
 */
@NullMarked
package dev.runnel.models;

import org.jspecify.annotations.NullMarked;
