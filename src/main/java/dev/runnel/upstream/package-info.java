/**
 * The port to language models and to the services that run them, and the choice between a
 * real model and the mock.
 * <p>
 * Start at {@link dev.runnel.upstream.LanguageModel}: it takes a
 * {@link dev.runnel.upstream.Prompt} and returns a stream of
 * {@link dev.runnel.upstream.ModelEvent}s. A failure is an
 * {@link dev.runnel.upstream.UpstreamException} with an
 * {@link dev.runnel.upstream.UpstreamFailure}. {@link dev.runnel.upstream.ModelServices}
 * are the services; {@link dev.runnel.upstream.RoutedModel} asks the one of each prompt.
 * The adapters below this package implement the port; no class here knows them by name.
 * This package uses no other package of the application.
 */
@NullMarked
package dev.runnel.upstream;

import org.jspecify.annotations.NullMarked;
