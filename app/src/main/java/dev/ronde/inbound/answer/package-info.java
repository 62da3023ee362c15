/**
 * Decides what an arrived message does: which mail it answers, who really wrote it, what its first line asks for, and whether
 * that may be done. Everything else is a comment, a question back to the address on file, or nothing.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.inbound.answer;
