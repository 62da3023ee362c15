/**
 * The expression language of checks: CEL behind our own types, typed by fact schemas and bounded in steps, size and time.
 * Nothing outside this package knows which library evaluates an expression.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.catalogue.cel;
