/**
 * Samples that an auditor draws from the tables of a bundle: the tables are frozen and sealed first, then comes the seed, and whoever has both
 * draws the same rows. It keeps nothing beside the records.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.evidence.sample;
