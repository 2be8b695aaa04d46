/**
 * The application class, and the map of the packages below.
 */
@NullMarked
package dev.runnel;

import org.jspecify.annotations.NullMarked;
