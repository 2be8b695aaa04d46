/**
 * Markdown to safe HTML, streamed: after every piece of text the HTML is exactly what
 * CommonMark says about the text so far.
 * <p>
 * Start from {@link dev.runnel.markdown.StreamingMarkdown}, one for each answer; finished
 * texts go through {@link dev.runnel.markdown.MarkdownRenderer}. Both share one parser
 * and one renderer. The package uses commonmark-java and nothing else.
 */
@NullMarked
package dev.runnel.markdown;

import org.jspecify.annotations.NullMarked;
