/**
 * The stand-in that answers when no language model does. It says that it is one, and
 * shows what an answer can look like.
 * <p>
 * Start at {@link dev.runnel.upstream.mock.MockModel}. This package uses
 * {@code dev.runnel.upstream} only.
 */
@NullMarked
package dev.runnel.upstream.mock;

import org.jspecify.annotations.NullMarked;
