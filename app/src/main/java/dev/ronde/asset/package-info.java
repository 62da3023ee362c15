/**
 * Wires the room of assets: inventory, files, timeline, pages; snapshots of configurations and the programs that fetch them stand beside.
 * Nothing but the composition root uses this package.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.asset;
