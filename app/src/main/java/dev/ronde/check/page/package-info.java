/**
 * Checks, runs, dry runs and network rules over HTTP and on pages.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.check.page;
