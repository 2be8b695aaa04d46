/**
 * What a visitor does with conversations that are kept, and with presets, over HTTP.
 * <p>
 * Start at {@link dev.runnel.library.ConversationController}. This package uses
 * {@code conversation} for what is kept, {@code markdown} to show it, {@code catalogue}
 * for the models that settings may name, the words of {@code upstream}, and {@code web}.
 */
@NullMarked
package dev.runnel.library;

import org.jspecify.annotations.NullMarked;
