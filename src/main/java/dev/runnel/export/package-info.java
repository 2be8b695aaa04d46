/**
 * Writes conversations to files: Markdown, JSON, plain text, HTML, or a zip of all.
 * <p>
 * Start at {@link dev.runnel.export.ExportController}. An export is streamed: a
 * conversation is never in memory as a whole. This package defines the format of the JSON
 * file ({@link dev.runnel.export.FileMessage}); {@code imports} reads it. This package
 * uses {@code conversation}, {@code markdown}, {@code memory}, {@code upstream} and
 * {@code web}.
 */
@NullMarked
package dev.runnel.export;

import org.jspecify.annotations.NullMarked;
