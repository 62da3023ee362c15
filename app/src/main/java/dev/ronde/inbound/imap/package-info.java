/** Fetches the mailbox that answers arrive in, every 30 seconds. */
@org.jspecify.annotations.NullMarked
package dev.ronde.inbound.imap;
