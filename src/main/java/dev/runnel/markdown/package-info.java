/**
 * Markdown to safe HTML, streamed: after every update the HTML is, byte for byte, what
 * CommonMark says about the text so far, at a cost that is linear in the text.
 * <p>
 * Start from {@link dev.runnel.markdown.StreamingMarkdown}, one for each answer; whole
 * texts go through {@link dev.runnel.markdown.MarkdownRenderer}. Both share one parser
 * ({@code Dialect}) and one renderer ({@code HtmlEmitter}). The package uses
 * commonmark-java's public API and nothing else.
 * <p>
 * How it works; each name is a class:
 * <ul>
 * <li>{@code SourceText} holds the text, with one kind of line end.</li>
 * <li>{@code IncrementalDocument} runs two passes. When a line is complete, the
 * <em>commit pass</em> parses complete lines only and moves a {@code Frontier} forward;
 * the <em>display pass</em> parses with the open line and changes nothing but what is
 * shown. A pass parses a stub, which opens the blocks that are open at the frontier, and
 * the text behind it; never more.</li>
 * <li>{@code Cut} finds the next frontier between blocks, {@code OpenLeaf} one inside the
 * last block: in a paragraph where {@code SettledInlines} says so, in fenced code,
 * between the rows of a table. Text behind a frontier can revoke it (an underline, a
 * blank line in a list); the pass is then repeated from farther back.</li>
 * <li>{@code LayeredDefinitions} gives each parse the definitions of all of the text;
 * {@code FinishedBlocks} finds the blocks that a new definition changes.</li>
 * <li>{@code OpenText} puts plain text and code in front of the end tags without any
 * parse: that is what most pieces of an answer are.</li>
 * <li>{@code WorkBudget} lets text wait where all this would cost too much: fewer
 * updates, never wrong ones.</li>
 * <li>{@code ShownBlocks} keeps the blocks as readers have them and makes the
 * patches.</li>
 * </ul>
 * Cost: for a piece of plain text its own length; otherwise the open line, the stub and
 * what is not settled of the last leaf. Memory: the text and its HTML. The figures are in
 * {@code docs/markdown.md}.
 */
@NullMarked
package dev.runnel.markdown;

import org.jspecify.annotations.NullMarked;
