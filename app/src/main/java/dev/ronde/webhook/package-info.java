/**
 * Tells programs outside what happens here: signed messages (Standard Webhooks) made from sealed evidence records, retried for about three
 * days, each with the answer it got.
 */
@NullMarked
package dev.ronde.webhook;

import org.jspecify.annotations.NullMarked;
