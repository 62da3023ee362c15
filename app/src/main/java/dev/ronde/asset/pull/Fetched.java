package dev.ronde.asset.pull;

import dev.ronde.platform.text.Cut;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One snapshot as it was found. */
final class Fetched {
    private static final int LONGEST = 200;

    private final String asset;
    private final String source;
    private final byte[] body;
    private final @Nullable Instant collectedAt;

    /**
     * @param asset ref of the asset
     * @param source name of the source
     * @param collectedAt when the place says it was collected; null where it says nothing
     */
    Fetched(String asset, String source, byte[] body, @Nullable Instant collectedAt) {
        this.asset = asset;
        this.source = source;
        this.body = body;
        this.collectedAt = collectedAt;
    }

    String asset() {
        return asset;
    }

    String source() {
        return source;
    }

    byte[] body() {
        return body;
    }

    @Nullable
    Instant collectedAt() {
        return collectedAt;
    }

    /** What tells it from others of the same origin. */
    String place() {
        return place(asset, source);
    }

    static String place(String asset, String source) {
        String place = asset + "/" + source;
        return Cut.to(place, LONGEST);
    }
}
