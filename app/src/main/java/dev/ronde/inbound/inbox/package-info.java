/** Keeps every message that arrived, once, with its source for 30 days, and what was decided about it. */
@org.jspecify.annotations.NullMarked
package dev.ronde.inbound.inbox;
