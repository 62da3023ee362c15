/**
 * The stop of every probe and maintenance windows, and the threads of probes that they interrupt.
 * All nodes read them from the database.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.check.pause;
