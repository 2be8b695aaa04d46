package dev.runnel.markdown;

import org.commonmark.node.CustomNode;

/**
 * The place in a block behind which its text is shown as written, because the
 * {@link InlineLimits} are reached.
 */
final class InlineEnd extends CustomNode {

}
