/**
 * Reviews that no slot expects: the configuration is no longer the attested one, or somebody asked for a look. They open at once and
 * stand beside the schedule, which they do not move.
 */
@NullMarked
package dev.ronde.review.extra;

import org.jspecify.annotations.NullMarked;
