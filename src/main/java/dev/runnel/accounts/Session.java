package dev.runnel.accounts;

import java.time.Instant;
import java.util.UUID;

/**
 * A browser in which an account has signed in.
 *
 * @param id the id, which is no secret
 * @param device the name that the browser gave itself
 * @param createdAt when the account signed in
 * @param usedAt when the session was last used, to a few minutes
 */
public record Session(UUID id, String device, Instant createdAt, Instant usedAt) {
}
