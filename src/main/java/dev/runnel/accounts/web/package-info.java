/**
 * The pages about accounts: sign-in, first account, invitation, new password, own
 * account, and all accounts for admins. They are plain forms and need no JavaScript.
 * <p>
 * Start at {@link dev.runnel.accounts.web.AccountController}. This package uses
 * {@code accounts}, {@code backup}, {@code conversation}, {@code limits}, {@code models},
 * {@code stream} and {@code web}; no package uses this one.
 */
@NullMarked
package dev.runnel.accounts.web;

import org.jspecify.annotations.NullMarked;
