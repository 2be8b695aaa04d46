package dev.runnel.chat;

import java.util.List;

import dev.runnel.markdown.BlockPatch;
import org.jspecify.annotations.Nullable;

/**
 * New text of an answer, and the changes of the HTML.
 *
 * @param content the new text; may be empty
 * @param patches the changes of the HTML, in the order to apply them; null if the client
 * wants no HTML
 */
record TextDelta(String content, @Nullable List<BlockPatch> patches) {
}
