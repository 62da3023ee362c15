/**
 * Reads mail that arrives: bytes in, a {@link dev.ronde.mail.inbound.ReadMail} out. Pure, without a database or a network, and bounded: every
 * step is one walk over at most the bytes the limits let in.
 */
@NullMarked
package dev.ronde.mail.inbound;

import org.jspecify.annotations.NullMarked;
