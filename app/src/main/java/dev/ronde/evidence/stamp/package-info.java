/**
 * Time stamps of an outside authority (RFC 3161) over checkpoints: asked for each day and at each export, kept, and put into every bundle.
 * What goes wrong is a record and stops nothing. Beside them, how far the clock of this server is from such times.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.evidence.stamp;
