/**
 * Pure time arithmetic on the JDK alone: slots of a cadence, due dates, zones, working days and quiet hours. Nothing here
 * reads a clock or a database; every result follows from its arguments.
 */
@NullMarked
package dev.ronde.cadence;

import org.jspecify.annotations.NullMarked;
