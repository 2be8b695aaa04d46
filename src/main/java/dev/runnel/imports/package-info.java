/**
 * Reads conversations from files: the JSON and the zip that {@code export} writes, and
 * the exports of ChatGPT, Claude, LibreChat and Open WebUI.
 * <p>
 * Start at {@link dev.runnel.imports.ImportController}. An import is streamed: a file is
 * never in memory as a whole. The contents of files are not trusted. This package uses
 * {@code attachments}, {@code conversation}, {@code data}, {@code export},
 * {@code memory}, {@code upstream}, {@code uploads} and {@code web}; no package uses this
 * one.
 */
@NullMarked
package dev.runnel.imports;

import org.jspecify.annotations.NullMarked;
