/**
 * Findings: a failing check on an asset, from the first failing run to the first passing one, with the window of exposure as an
 * interval. A pass closes one; an error never does.
 */
@NullMarked
package dev.ronde.finding;

import org.jspecify.annotations.NullMarked;
