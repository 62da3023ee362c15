package dev.ronde.account;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A usable one-time code.
 *
 * @param personId whom it lets choose a password; null for the link that makes the first administrator
 */
record SetupCode(UUID id, @Nullable UUID personId, Instant expiresAt) {}
