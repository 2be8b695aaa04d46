/**
 * Limits on requests by visitor, by address and in all, and on the tokens that the whole
 * server may use. They protect the API key, the slots for streams and the disk from
 * strangers.
 */
@NullMarked
package dev.runnel.limits;

import org.jspecify.annotations.NullMarked;
