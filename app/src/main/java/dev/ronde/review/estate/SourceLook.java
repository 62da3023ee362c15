package dev.ronde.review.estate;

import dev.ronde.asset.snapshot.Change;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What one source says of an asset now.
 *
 * @param source its id, as {@code storage.v1}
 * @param title what people call the source, in the reader's language
 * @param seenAt when it was received or seen again last
 * @param settings every setting in words; {@code before} is null throughout
 */
public record SourceLook(String source, String title, Instant seenAt, List<Change> settings) {

    public SourceLook {
        settings = List.copyOf(settings);
    }

    /** Whether a difference with one of these paths is about this setting; where there is more than one source, paths begin with theirs. */
    public boolean changed(Change setting, Set<String> paths) {
        return paths.contains(setting.path()) || paths.contains(source + ":" + setting.path());
    }
}
