/**
 * The protections of assets: which they could have, and which are really on.
 * Computed when read from what is known now, never stored.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.check.protection;
