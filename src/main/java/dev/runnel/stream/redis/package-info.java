/**
 * Streams that several servers share through Redis, and with them the ends of sign-ins
 * ({@link dev.runnel.stream.redis.SharedAccessEnds}) and the counts of requests
 * ({@link dev.runnel.stream.redis.RedisRates}).
 * <p>
 * Start at {@link dev.runnel.stream.redis.SharedStore}. A server writes its own streams
 * to the log in its memory, where its own readers find them. A
 * {@link dev.runnel.stream.redis.LogCopy} brings each log to Redis in batches, and a
 * reader on another server follows it there ({@link dev.runnel.stream.redis.RemoteLog}).
 * {@code docs/scale.md} lists the keys. Without {@code runnel.redis.url} no class of
 * Lettuce is loaded. This package uses {@code limits}, {@code process}, {@code stream}
 * and {@code web}.
 */
@NullMarked
package dev.runnel.stream.redis;

import org.jspecify.annotations.NullMarked;
