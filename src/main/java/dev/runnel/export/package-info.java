/**
 * Writes conversations to files: as Markdown, JSON, plain text, HTML or a zip of all.
 * <p>
 * Start at {@link dev.runnel.export.ExportController}. An export is a stream: no
 * conversation is in memory as a whole. The form of the JSON file belongs to this package
 * ({@link dev.runnel.export.FileMessage}); {@code imports} reads it.
 */
@NullMarked
package dev.runnel.export;

import org.jspecify.annotations.NullMarked;
