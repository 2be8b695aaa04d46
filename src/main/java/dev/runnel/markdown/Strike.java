package dev.runnel.markdown;

import org.commonmark.node.CustomNode;

/**
 * Text that is struck out.
 */
final class Strike extends CustomNode {

}
