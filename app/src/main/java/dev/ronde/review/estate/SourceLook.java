package dev.ronde.review.estate;

import dev.ronde.asset.snapshot.Change;
import java.util.List;

/**
 * What one source says of an asset now.
 *
 * @param title what people call the source, in the reader's language
 * @param settings every setting in words; {@code before} is null throughout
 */
public record SourceLook(String title, List<Change> settings) {

    /** Copies the settings. */
    public SourceLook {
        settings = List.copyOf(settings);
    }
}
