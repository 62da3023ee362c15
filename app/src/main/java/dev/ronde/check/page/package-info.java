/**
 * Checks, runs, dry runs and network rules over HTTP and on pages.
 */
@NullMarked
package dev.ronde.check.page;

import org.jspecify.annotations.NullMarked;
