/**
 * The end of the process. A shutdown waits for unfinished work, up to a limit. A process
 * that can no longer serve ends at once, with one line and an exit code, so that a
 * supervisor can start it again.
 * <p>
 * Start at {@link dev.runnel.process.FatalErrors}. This package uses no other package of
 * the application.
 */
@NullMarked
package dev.runnel.process;

import org.jspecify.annotations.NullMarked;
