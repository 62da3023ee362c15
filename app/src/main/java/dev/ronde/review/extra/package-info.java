/**
 * Reviews that no slot expects: the configuration is no longer the attested one, or somebody asked for a look. They open at once and
 * stand beside the schedule, which they do not move.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.review.extra;
