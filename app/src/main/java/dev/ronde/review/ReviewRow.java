package dev.ronde.review;

import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/**
 * A review with the names that go with it in lists.
 *
 * @param ownerEmail who is answerable for it: fixed at the opening, or when it was found missed; until then whoever owns the asset
 */
public record ReviewRow(
        @Nested Review review,
        String assetRef,
        String assetName,
        @Nullable String ownerEmail,
        @Nullable String ownerName,
        @Nullable String delegateEmail) {}
