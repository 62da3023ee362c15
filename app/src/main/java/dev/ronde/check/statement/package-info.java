/**
 * What people state of protections that no probe sees.
 * A statement is a record, counts for the frequency of its check, and makes it due.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.check.statement;
