/**
 * Assets as CSV: the import with its preview, and the export. What was exported imports without a change.
 */
@NullMarked
package dev.ronde.asset.file;

import org.jspecify.annotations.NullMarked;
