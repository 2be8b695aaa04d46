/**
 * The stand-in that answers when no language model does. It says so in its text, and
 * shows the constructs that an answer can have.
 * <p>
 * Start at {@link dev.runnel.upstream.mock.MockModel}. This package uses
 * {@code dev.runnel.upstream} only.
 */
@NullMarked
package dev.runnel.upstream.mock;

import org.jspecify.annotations.NullMarked;
