package dev.ronde.catalogue;

import dev.ronde.platform.document.Document;
import dev.ronde.platform.document.DocumentException;
import dev.ronde.platform.document.Fault;
import dev.ronde.platform.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of {@code checks/} as it was read.
 *
 * @param value null where the file cannot be read at all; to be used only where there are no problems
 */
record CheckFile<T>(@Nullable T value, List<LoadProblem> problems) {
    private static final Logger log = LoggerFactory.getLogger(CheckFile.class);

    static <T> CheckFile<T> read(String path, Supplier<byte[]> file, BiFunction<Node.Mapping, List<Fault>, T> reader) {
        List<Fault> faults = new ArrayList<>();
        try {
            T value = reader.apply(Document.mapping(file.get(), CatalogueLoader.MAX_BYTES), faults);
            return new CheckFile<>(value, LoadProblem.sorted(faults));
        } catch (DocumentException e) {
            return new CheckFile<>(null, List.of(LoadProblem.of(e.fault())));
        } catch (RuntimeException | StackOverflowError e) {
            log.error("the file {} of checks cannot be read", path, e);
            return new CheckFile<>(null, LoadProblem.unreadable(e));
        }
    }

    boolean sound() {
        return problems.isEmpty();
    }
}
