package dev.ronde.evidence.seal;

/** A stored mapping of one record to one requirement. */
record ControlRow(long idx, String framework, String controlId) {}
