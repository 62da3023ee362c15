/**
 * What people state of protections that no probe sees.
 * A statement is a record, counts for the frequency of its check, and makes it due.
 */
@NullMarked
package dev.ronde.check.statement;

import org.jspecify.annotations.NullMarked;
