/**
 * Which models may be chosen, and {@code GET /api/models}.
 * <p>
 * Start at {@link dev.runnel.catalogue.Models}. This package uses
 * {@code dev.runnel.upstream} only.
 */
@NullMarked
package dev.runnel.catalogue;

import org.jspecify.annotations.NullMarked;
