/**
 * Assets as CSV: the import with its preview, and the export. What was exported imports without a change.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.asset.file;
