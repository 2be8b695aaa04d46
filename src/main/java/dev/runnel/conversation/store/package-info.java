/**
 * Stores conversations in the embedded database or in PostgreSQL, and temporary ones in
 * memory. Implements the ports of {@code conversation}; no other package uses these
 * classes. {@link dev.runnel.conversation.store.StoreConfiguration} sets them up, and
 * {@link dev.runnel.conversation.store.RetentionConfiguration} the regular deletion.
 */
@NullMarked
package dev.runnel.conversation.store;

import org.jspecify.annotations.NullMarked;
