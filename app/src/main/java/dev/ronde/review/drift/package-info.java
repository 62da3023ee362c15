/**
 * Which assets must be compared with what was attested of them, and when; the inventory's snapshots mark them. What the comparison
 * finds is the work of {@code extra}.
 */
@NullMarked
package dev.ronde.review.drift;

import org.jspecify.annotations.NullMarked;
