/** Ticks, lanes and the due table. Quartz only knocks; the database row is the truth. */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.schedule;
