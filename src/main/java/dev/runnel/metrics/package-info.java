/**
 * What the server measures, in the format of Prometheus. The features register their own
 * meters, each as a {@code MeterBinder}; none of them knows this package.
 * <p>
 * Start at {@link dev.runnel.metrics.MetricsConfiguration}. This package uses
 * {@code web}; no package uses this one.
 */
@NullMarked
package dev.runnel.metrics;

import org.jspecify.annotations.NullMarked;
