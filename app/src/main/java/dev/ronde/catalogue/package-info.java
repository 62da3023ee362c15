/**
 * The catalogue: check definitions, protections, frameworks, and the loader that refuses what it cannot vouch for.
 * Nothing here probes or stores; a broken file stays visible as a broken check.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.catalogue;
