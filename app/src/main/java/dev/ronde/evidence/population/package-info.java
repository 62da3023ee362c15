/**
 * The tables of an export, computed from evidence records alone: what the exporter writes, the verifier can write again and compare.
 * It touches no database and no clock.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.evidence.population;
