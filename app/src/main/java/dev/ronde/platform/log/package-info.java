/** How the log is written. Text for a terminal, JSON for a collector. */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.log;
