/**
 * How often and how much anyone may ask: by visitor, by address and in all, and how many
 * tokens the whole server may spend. It protects the key, the places and the disk from
 * strangers.
 */
@NullMarked
package dev.runnel.limits;

import org.jspecify.annotations.NullMarked;
