package dev.runnel.conversation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of what a search found.
 *
 * @param hits at most as many as were asked for
 * @param nextCursor where the next page begins, opaque; null if there is none
 */
public record SearchPage(List<SearchHit> hits, @Nullable String nextCursor) {
}
