/**
 * Streamed Markdown to safe HTML. After every update the HTML is, byte for byte, the
 * CommonMark rendering of the text so far. The total cost is linear in the text.
 * <p>
 * Start at {@link dev.runnel.markdown.StreamingMarkdown}, one instance for each answer;
 * complete texts go through {@link dev.runnel.markdown.MarkdownRenderer}. Both share one
 * dialect ({@code Dialect}) and one renderer ({@code HtmlEmitter}). The package uses only
 * the public API of commonmark-java.
 * <p>
 * The terms: a block is <em>open</em> as long as the next line may belong to it. The
 * <em>frontier</em> is the offset in the source before which nothing is parsed again. The
 * HTML before it is <em>fixed</em>. Text is <em>settled</em> if no later character can
 * change its meaning.
 * <p>
 * How it works; each name is a class:
 * <ul>
 * <li>{@code SourceText} holds the text, with one kind of line end.</li>
 * <li>{@code IncrementalDocument} runs two passes. When a line is complete, the
 * <em>commit pass</em> parses only complete lines and moves a {@code Frontier} forward.
 * The <em>display pass</em> also parses the open line and changes only the shown HTML. A
 * pass gives the parser ({@code RegionParser}) a stub, which reopens the blocks that are
 * open at the frontier, and the text after the frontier, never more. The result is a
 * {@code Tail}.</li>
 * <li>{@code Cut} finds the next frontier between blocks. {@code OpenLeaf} finds one
 * inside the last block: in a paragraph if {@code SettledInlines} allows it, in fenced
 * code, or between the rows of a table. Text after a frontier can revoke it (an
 * underline, a blank line in a list). The pass is then repeated from an earlier
 * frontier.</li>
 * <li>{@code LayeredDefinitions} gives each parse the definitions of the whole text.
 * {@code FinishedBlocks} finds the blocks that a new definition changes.</li>
 * <li>{@code OpenText} inserts plain text and code before the end tags without any parse.
 * Most pieces of an answer are of this kind.</li>
 * <li>{@code WorkBudget} lets text wait if all this would cost too much: updates then
 * come less often, but are never wrong.</li>
 * <li>{@code CalmText} stands before all this and holds a short undecided end back.</li>
 * <li>{@code ShownBlocks} holds the blocks as readers have them and creates the
 * patches.</li>
 * </ul>
 * Where to change what: the HTML of a node in {@code HtmlEmitter} and
 * {@code InlineEmitter}, the allowed links in {@code LinkPolicy}, the syntax in
 * {@code Dialect}. New syntax also affects the places that declare text final:
 * {@code Cut} and {@code OpenLeaf} for blocks, {@code SettledInlines} for inlines,
 * {@code OpenText} for both.
 * <p>
 * Cost: for a piece of plain text its own length; otherwise the open line, the stub and
 * the unsettled part of the last leaf. Memory: the text and its HTML.
 * {@code docs/markdown.md} has the reasons why this is correct, and the measurements.
 */
@NullMarked
package dev.runnel.markdown;

import org.jspecify.annotations.NullMarked;
