/**
 * The port to a language model, and the choice between the real one and the mock.
 * <p>
 * Start at {@link dev.runnel.upstream.LanguageModel}: a
 * {@link dev.runnel.upstream.Prompt} goes in, a stream of
 * {@link dev.runnel.upstream.ModelEvent}s comes out, and what goes wrong is an
 * {@link dev.runnel.upstream.UpstreamException} that carries one of the closed
 * {@link dev.runnel.upstream.UpstreamFailure}s. The adapters below this package implement
 * the port; nothing here knows them by name. This package uses no other package of the
 * application.
 */
@NullMarked
package dev.runnel.upstream;

import org.jspecify.annotations.NullMarked;
