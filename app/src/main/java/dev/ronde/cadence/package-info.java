/**
 * Pure time arithmetic on the JDK alone: slots of a cadence, due dates, zones, working days and quiet hours. Nothing here
 * reads a clock or a database; every result follows from its arguments.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.cadence;
