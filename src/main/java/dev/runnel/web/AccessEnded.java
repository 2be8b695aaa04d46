package dev.runnel.web;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The application event for an access that ended: requests that are still being answered
 * for it end now.
 *
 * @param visitor whose access ended
 * @param access the id of the session or of the key that ended; null if the visitor may
 * do nothing any more
 */
public record AccessEnded(Visitor visitor, @Nullable UUID access) {
}
