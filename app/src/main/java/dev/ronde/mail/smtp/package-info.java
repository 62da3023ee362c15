/**
 * Hands one letter to an SMTP server and says how far it got: the phase decides whether a failure may be tried again.
 * Nothing here knows the outbox or the database.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.mail.smtp;
