/**
 * Limits on requests by visitor, by address and in all, and on the tokens that the whole
 * server may use. They protect the API key, the slots for streams and the disk from
 * strangers.
 * <p>
 * Start at {@link dev.runnel.limits.AddressLimitFilter} for requests and at
 * {@link dev.runnel.limits.Admission} for questions. This package uses {@code memory} and
 * {@code web}.
 */
@NullMarked
package dev.runnel.limits;

import org.jspecify.annotations.NullMarked;
