/**
 * Request bodies that go to temporary files, and how much of the disk they may take.
 * <p>
 * Start at {@link dev.runnel.uploads.UploadedFile}. This package uses {@code data} and
 * {@code web}.
 */
@NullMarked
package dev.runnel.uploads;

import org.jspecify.annotations.NullMarked;
