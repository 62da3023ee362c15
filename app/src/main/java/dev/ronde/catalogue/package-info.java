/**
 * The catalogue: check definitions, protections, frameworks, and the loader that refuses what it cannot vouch for.
 * Nothing here probes or stores; a broken file stays visible as a broken check.
 */
@NullMarked
package dev.ronde.catalogue;

import org.jspecify.annotations.NullMarked;
