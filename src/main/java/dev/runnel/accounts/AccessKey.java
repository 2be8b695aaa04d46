package dev.runnel.accounts;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A key that a program sends in place of a person who signs in.
 *
 * @param id the id, which is no secret
 * @param name the name that its owner gave it
 * @param scopes the purposes that it may be used for
 * @param createdAt when it was created
 * @param usedAt when it was last used, to a few minutes; null if never
 * @param expiresAt when it ends
 */
public record AccessKey(UUID id, String name, Set<Scope> scopes, Instant createdAt, @Nullable Instant usedAt,
		Instant expiresAt) {
}
