/**
 * Evidence records: what happened, appended in the transaction of the business change it proves.
 * Every other room writes through {@link dev.ronde.evidence.EvidenceLog}; sealing, export and verification live in sub-packages.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.evidence;
