package dev.runnel.conversation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of search hits.
 *
 * @param hits the hits, at most the requested number
 * @param nextCursor the opaque cursor of the next page; null on the last page
 */
public record SearchPage(List<SearchHit> hits, @Nullable String nextCursor) {
}
