/**
 * Wires the room: what makes checks run, its routes, and what it offers to other rooms.
 */
@NullMarked
package dev.ronde.check.room;

import org.jspecify.annotations.NullMarked;
