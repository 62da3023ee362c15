/**
 * Every exchange of packets with a target, kept for 400 days.
 * Whoever saw one can be told what it was.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.check.log;
