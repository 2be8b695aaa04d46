package dev.runnel.markdown;

/**
 * One change of the array of top-level HTML blocks that a reader keeps:
 * {@code blocks[block] = (blocks[block] ?? "").slice(0, keep) + html}.
 *
 * @param block the index of the block, from 0; at most one past the last block
 * @param keep how many UTF-16 units of the block stay; never inside a tag, an entity or a
 * surrogate pair
 * @param html the HTML after them
 */
public record BlockPatch(int block, int keep, String html) {
}
