/** The one error type. A problem says what went wrong, where, and what to do (RFC 9457 outside). */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.problem;
