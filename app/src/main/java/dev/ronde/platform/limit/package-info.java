/** How often somebody may do something. Counted in the database, so that a second node is no second chance (decision 014). */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.limit;
