/**
 * Files that visitors attach to questions: the upload, the checks of their content, and
 * the download.
 * <p>
 * Start at {@link dev.runnel.attachments.AttachmentController}. The contents of files are
 * not trusted: pictures are never decoded, and a PDF is read by a process of its own.
 * This package uses {@code conversation}, {@code data}, {@code memory}, {@code upstream},
 * {@code uploads} and {@code web}; {@code imports} uses it.
 */
@NullMarked
package dev.runnel.attachments;

import org.jspecify.annotations.NullMarked;
