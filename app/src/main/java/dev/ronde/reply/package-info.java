/**
 * What people answer from their mails without signing in: the action page behind a personal link, the digest list, undo
 * and mute. Opening any of them changes nothing; only a deliberate form with a nonce does.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.reply;
