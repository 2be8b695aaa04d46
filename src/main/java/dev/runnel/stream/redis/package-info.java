/**
 * Streams that several servers share through Redis.
 * <p>
 * A server writes its own streams to the log in its memory, where its own readers find
 * them. A {@link dev.runnel.stream.redis.LogCopy} brings each log to Redis in batches,
 * and a reader on another server follows it there
 * ({@link dev.runnel.stream.redis.RemoteLog}). {@code docs/scale.md} lists the keys.
 * Without {@code runnel.redis.url} no class of this package and of Lettuce is loaded,
 * except the settings and their condition.
 */
@NullMarked
package dev.runnel.stream.redis;

import org.jspecify.annotations.NullMarked;
