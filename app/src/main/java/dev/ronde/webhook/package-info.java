/**
 * Tells programs outside what happens here: signed messages (Standard Webhooks) made from sealed evidence records, retried for about three
 * days, each with the answer it got.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.webhook;
