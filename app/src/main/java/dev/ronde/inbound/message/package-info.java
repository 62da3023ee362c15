/**
 * Reads mail that arrives: bytes in, a {@link dev.ronde.inbound.message.ReadMail} out. Pure, without a database or a network, and bounded: every
 * step is one walk over at most the bytes the limits let in.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.inbound.message;
