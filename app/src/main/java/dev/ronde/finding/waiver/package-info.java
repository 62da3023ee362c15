/**
 * Waivers: a failure that somebody accepts, for a time, for what was seen. They never change an outcome; they are laid over it when it
 * is read.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.finding.waiver;
