/**
 * The adapter to OpenRouter and to every endpoint that speaks the same protocol (the
 * OpenAI chat completions API).
 * <p>
 * Start at {@link dev.runnel.upstream.openrouter.OpenRouter}. The bytes of an answer
 * become events ({@link dev.runnel.upstream.openrouter.EventReader}), then chunks
 * ({@link dev.runnel.upstream.openrouter.ChunkReader}), then
 * {@link dev.runnel.upstream.ModelEvent}s
 * ({@link dev.runnel.upstream.openrouter.AnswerDecoder}). This package uses
 * {@code dev.runnel.upstream} only.
 */
@NullMarked
package dev.runnel.upstream.openrouter;

import org.jspecify.annotations.NullMarked;
