/**
 * Streams that several servers share through Redis.
 * <p>
 * Start at {@link dev.runnel.stream.redis.SharedStore}. A server writes its own streams
 * to the log in its memory, where its own readers find them. A
 * {@link dev.runnel.stream.redis.LogCopy} brings each log to Redis in batches, and a
 * reader on another server follows it there ({@link dev.runnel.stream.redis.RemoteLog}).
 * {@code docs/scale.md} lists the keys. Without {@code runnel.redis.url} no class of
 * Lettuce is loaded. This package uses {@code process}, {@code stream} and {@code web}.
 */
@NullMarked
package dev.runnel.stream.redis;

import org.jspecify.annotations.NullMarked;
