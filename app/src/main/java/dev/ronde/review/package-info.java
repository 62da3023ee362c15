/**
 * A review: every expected one is a row from the day it is expected, its state is derived from the facts on that row, and every
 * step leaves its record. Beneath it are {@code plan}, what is promised, and {@code estate}, the assets; the other packages do
 * something with reviews, {@code room} puts them together, and nothing here writes to people: the reminder room looks at what is
 * open.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.review;
