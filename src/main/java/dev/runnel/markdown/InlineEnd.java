package dev.runnel.markdown;

import org.commonmark.node.CustomNode;

/**
 * The place in a block after which its text is shown as plain text, because the
 * {@link InlineLimits} are reached.
 */
final class InlineEnd extends CustomNode {

}
