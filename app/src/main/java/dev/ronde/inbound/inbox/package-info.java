/** Keeps every message that arrived, once, with its source for 30 days, and what was decided about it. */
@NullMarked
package dev.ronde.inbound.inbox;

import org.jspecify.annotations.NullMarked;
