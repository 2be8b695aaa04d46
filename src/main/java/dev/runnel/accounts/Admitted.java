package dev.runnel.accounts;

import java.util.Set;
import java.util.UUID;

/**
 * An account that a token has let in.
 *
 * @param account the account, which is not disabled
 * @param access the id of the session or of the key
 * @param browser whether it is a session, which may open pages
 * @param scopes the purposes that the token may be used for
 * @param recent whether the person has just proved who they are
 */
public record Admitted(Account account, UUID access, boolean browser, Set<Scope> scopes, boolean recent) {
}
