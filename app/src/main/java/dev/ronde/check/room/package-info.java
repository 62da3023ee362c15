/**
 * Wires the room: what makes checks run, its routes, and what it offers to other rooms.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.check.room;
