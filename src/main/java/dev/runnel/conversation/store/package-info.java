/**
 * Stores conversations in the embedded database or in PostgreSQL, and temporary ones in
 * memory. Implements the ports of {@code conversation}. Of these classes, other packages
 * use only {@link dev.runnel.conversation.store.Database}, in {@code accounts}.
 * <p>
 * Start at {@link dev.runnel.conversation.store.StoredTurns} for a turn, and at
 * {@link dev.runnel.conversation.store.StoredConversations} for lists, searches and
 * changes. {@link dev.runnel.conversation.store.StoreConfiguration} sets them up, and
 * {@link dev.runnel.conversation.store.RetentionConfiguration} the regular deletion. This
 * package uses {@code conversation}, {@code data}, {@code memory}, {@code process},
 * {@code upstream} and {@code web}.
 */
@NullMarked
package dev.runnel.conversation.store;

import org.jspecify.annotations.NullMarked;
