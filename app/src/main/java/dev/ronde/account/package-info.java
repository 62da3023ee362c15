/**
 * People, their roles and how they prove who they are: accounts with passwords, one-time links, sessions and tokens.
 * Owners usually have no account; they act from their mail.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.account;
