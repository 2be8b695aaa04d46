/**
 * The data directory and temporary files.
 * <p>
 * Start at {@link dev.runnel.data.DataSettings}, which says where to store files. This
 * package uses no other package of the application.
 */
@NullMarked
package dev.runnel.data;

import org.jspecify.annotations.NullMarked;
