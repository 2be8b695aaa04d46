/**
 * The models that visitors may choose, and {@code GET /api/models}.
 * <p>
 * Start at {@link dev.runnel.models.Models}. This package uses only
 * {@code dev.runnel.upstream}.
 */
@NullMarked
package dev.runnel.models;

import org.jspecify.annotations.NullMarked;
