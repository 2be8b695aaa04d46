/**
 * The adapter to OpenRouter and to every endpoint that speaks the same protocol (the
 * OpenAI chat completions API).
 * <p>
 * Start at {@link dev.runnel.upstream.openrouter.OpenRouter}. An answer comes as bytes,
 * becomes events ({@link dev.runnel.upstream.openrouter.EventReader}), chunks
 * ({@link dev.runnel.upstream.openrouter.ChunkReader}) and at last
 * {@link dev.runnel.upstream.ModelEvent}s
 * ({@link dev.runnel.upstream.openrouter.AnswerDecoder}). This package uses
 * {@code dev.runnel.upstream} only.
 */
@NullMarked
package dev.runnel.upstream.openrouter;

import org.jspecify.annotations.NullMarked;
