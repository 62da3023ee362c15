/**
 * What runs say, in the language of who reads.
 * Records hold English; nothing that is said here is stored or judged.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.check.message;
