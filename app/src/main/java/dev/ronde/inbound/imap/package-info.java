/** Fetches the mailbox that answers arrive in, every 30 seconds. */
@NullMarked
package dev.ronde.inbound.imap;

import org.jspecify.annotations.NullMarked;
