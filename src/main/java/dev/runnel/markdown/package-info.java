/**
 * Markdown to safe HTML, streamed: after every update the HTML is, byte for byte, what
 * CommonMark says about the text accounted for so far, at a cost that is linear in the
 * text.
 * <p>
 * Start from {@link dev.runnel.markdown.StreamingMarkdown}, one for each answer; whole
 * texts go through {@link dev.runnel.markdown.MarkdownRenderer}. Both share one parser
 * ({@code Dialect}) and one renderer ({@code HtmlEmitter}). The package uses
 * commonmark-java's public API and nothing else.
 * <p>
 * The words: a block is <em>open</em> as long as the next line may still be part of it.
 * The <em>frontier</em> is the offset in the source before which nothing is parsed again,
 * and the HTML before it is <em>fixed</em>. <em>Settled</em> is what no later character
 * can change.
 * <p>
 * How it works; each name is a class:
 * <ul>
 * <li>{@code SourceText} holds the text, with one kind of line end.</li>
 * <li>{@code IncrementalDocument} runs two passes. When a line is complete, the
 * <em>commit pass</em> parses complete lines only and moves a {@code Frontier} forward;
 * the <em>display pass</em> parses with the open line and changes nothing but what is
 * shown. A pass gives the parser ({@code RegionParser}) a stub, which opens the blocks
 * that are open at the frontier, and then the text after the frontier; never more. What
 * comes out is a {@code Tail}.</li>
 * <li>{@code Cut} finds the next frontier between blocks, {@code OpenLeaf} one inside the
 * last block: in a paragraph where {@code SettledInlines} says so, in fenced code,
 * between the rows of a table. Text after a frontier can revoke it (an underline, a blank
 * line in a list); the pass is then repeated from farther back.</li>
 * <li>{@code LayeredDefinitions} gives each parse the definitions of all of the text;
 * {@code FinishedBlocks} finds the blocks that a new definition changes.</li>
 * <li>{@code OpenText} puts plain text and code in front of the end tags without any
 * parse: that is what most pieces of an answer are.</li>
 * <li>{@code WorkBudget} lets text wait where all this would cost too much: fewer
 * updates, never wrong ones.</li>
 * <li>{@code ShownBlocks} keeps the blocks as readers have them and makes the
 * patches.</li>
 * </ul>
 * Where to change what: the HTML of a node in {@code HtmlEmitter}, the links that are let
 * through in {@code LinkPolicy}, syntax in {@code Dialect}. New syntax must also be
 * considered wherever text is declared final: blocks in {@code Cut} and {@code OpenLeaf},
 * inlines in {@code SettledInlines}, both in {@code OpenText}.
 * <p>
 * Cost: for a piece of plain text its own length; otherwise the open line, the stub and
 * what is not settled of the last leaf. Memory: the text and its HTML. Why all this is
 * right, and the figures, are in {@code docs/markdown.md}.
 */
@NullMarked
package dev.runnel.markdown;

import org.jspecify.annotations.NullMarked;
