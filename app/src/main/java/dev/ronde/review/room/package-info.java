/**
 * The room put together: its wiring, its steady work, and the reviews themselves as pages, API and table. It uses
 * every other package of the room; none uses it.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.review.room;
