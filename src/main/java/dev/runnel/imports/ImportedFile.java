package dev.runnel.imports;

import java.nio.file.Path;

import dev.runnel.upstream.Attachment;

/**
 * An attached file that was read from a file.
 *
 * @param attachment stands for it in the messages until it is stored
 * @param content its bytes, which are not checked yet
 */
record ImportedFile(Attachment attachment, Path content) {
}
