package dev.ronde.platform.schedule;

import java.time.Instant;
import java.util.UUID;

/**
 * One occurrence leased to this process.
 *
 * @param dueAt when it was due
 * @param token fencing token: the lease counts only while the row still holds it
 * @param attempts how often it was claimed before without completion
 */
public record Claim(DueKey key, Instant dueAt, UUID token, int attempts) {}
