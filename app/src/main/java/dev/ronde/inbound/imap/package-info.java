/** Fetches the mailbox answers arrive in: polls are the truth, a server's notice only makes the next poll come sooner. */
@NullMarked
package dev.ronde.inbound.imap;

import org.jspecify.annotations.NullMarked;
