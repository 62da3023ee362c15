/**
 * Everything that leaves by mail: the outbox whose rows are written in the business transaction, the relay that renders
 * and sends them, and the page that shows what became of each. What a mail says is known by the rooms above, through MailKind.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.mail;
