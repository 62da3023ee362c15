package dev.ronde.asset.pull;

import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.platform.text.Cut;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot as it was found.
 *
 * @param asset ref of the asset
 * @param source name of the source
 * @param collectedAt when the place says it was collected; null where it says nothing
 * @param written whether it is a file, which somebody may be writing
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record Fetched(
        String asset, String source, byte[] body, @Nullable Instant collectedAt, boolean written) {
    private static final int LONGEST = 200;

    /** Whether it changed so close to {@code now} that it may be half written. */
    boolean mayBeHalf(Instant now, Duration settling) {
        return written
                && collectedAt != null
                && Duration.between(collectedAt, now).abs().compareTo(settling) < 0;
    }

    String place() {
        return place(asset, source);
    }

    static String place(String asset, String source) {
        String place = asset + "/" + source;
        return Cut.to(place, LONGEST);
    }

    /** Reads one byte more than a push may have, so that too large a body is refused. */
    static byte[] limited(InputStream in) throws IOException {
        return in.readNBytes(Snapshots.MAX_BYTES + 1);
    }
}
