/**
 * The people who sign in: their accounts, sessions, keys and links, and the tables that
 * keep them. It exists only in the mode {@code accounts}.
 * <p>
 * Start at {@link dev.runnel.accounts.Accounts} for what may change an account, and at
 * {@link dev.runnel.accounts.Sessions} for how a browser is recognised. This package uses
 * {@code conversation} for what belongs to an account, {@code conversation.store} for its
 * transactions, and {@code web}.
 */
@NullMarked
package dev.runnel.accounts;

import org.jspecify.annotations.NullMarked;
