/**
 * The end of a process that can no longer serve: it ends at once, with one line and an
 * exit code, so that whoever started it starts it again.
 * <p>
 * Start at {@link dev.runnel.process.FatalErrors}. This package uses no other.
 */
@NullMarked
package dev.runnel.process;

import org.jspecify.annotations.NullMarked;
