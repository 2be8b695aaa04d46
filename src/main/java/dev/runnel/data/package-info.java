/**
 * The directory of all that is kept.
 * <p>
 * Start at {@link dev.runnel.data.DataSettings}: whoever keeps a file asks it where. This
 * package uses no other package of the application.
 */
@NullMarked
package dev.runnel.data;

import org.jspecify.annotations.NullMarked;
