/**
 * The recurring promise and its occurrences: plans are versioned, every expected review is one row from the day it is
 * expected, and a review's state is derived from the facts on that row. Nothing here writes to people; the reminder room
 * looks at what is open.
 */
@NullMarked
package dev.ronde.review;

import org.jspecify.annotations.NullMarked;
