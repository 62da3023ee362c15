/**
 * What people read in a bundle, made from its manifest and its records alone: the exporter writes it, the verifier writes it again and
 * compares. It touches no database and no clock, and no template of an operator.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.evidence.report;
