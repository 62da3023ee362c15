package dev.ronde.inbound.inbox;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A file that came with a message. */
public record InboundFile(
        UUID mailId,
        int n,
        String name,
        String declaredType,
        String foundType,
        long sizeBytes,
        String sha256,
        String fate,
        @Nullable String reason) {}
