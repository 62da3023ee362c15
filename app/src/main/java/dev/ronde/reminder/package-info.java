/**
 * Who is told what about reviews and findings, and when: the ladder, the gathering of many notices into one digest, and
 * the words of each mail. State-based: what is due follows from the present facts, never from what should have run before.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.reminder;
