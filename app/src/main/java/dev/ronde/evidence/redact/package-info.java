/**
 * The second line behind the allow-lists: takes keys, tokens and personal data out of every text that is about to become evidence, and
 * looks for them again at night. Fails closed.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.evidence.redact;
