/**
 * Every exchange of packets with a target, kept for 400 days.
 * Whoever saw one can be told what it was.
 */
@NullMarked
package dev.ronde.check.log;

import org.jspecify.annotations.NullMarked;
