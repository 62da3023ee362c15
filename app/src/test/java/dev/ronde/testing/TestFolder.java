package dev.ronde.testing;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** A folder of {@code @TempDir} lies where {@link Leftovers} puts its own, in memory where there is room. */
public final class TestFolder implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) {
        return Leftovers.forgottenFolder("ronde-test");
    }
}
