/**
 * The protections of assets: which they could have, and which are really on.
 * Computed when read from what is known now, never stored.
 */
@NullMarked
package dev.ronde.check.protection;

import org.jspecify.annotations.NullMarked;
