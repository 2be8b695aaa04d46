/**
 * Conversations as files: out of the library as Markdown, JSON, plain text, HTML or a zip
 * of all, and into it again from that JSON, that zip, or ChatGPT's export.
 * <p>
 * Start at {@link dev.runnel.export.ExportController} for the way out and at
 * {@link dev.runnel.export.ImportController} for the way in. Both are streams: neither a
 * conversation nor a file is ever in memory as a whole. What comes in is not trusted.
 * This package uses {@code conversation}, {@code markdown}, the words of
 * {@code upstream}, and {@code web}.
 */
@NullMarked
package dev.runnel.export;

import org.jspecify.annotations.NullMarked;
