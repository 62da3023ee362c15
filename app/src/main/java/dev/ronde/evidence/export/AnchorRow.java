package dev.ronde.evidence.export;

/** That a checkpoint went somewhere. */
record AnchorRow(long treeSize, String kind) {}
