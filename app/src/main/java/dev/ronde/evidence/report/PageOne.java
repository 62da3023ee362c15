package dev.ronde.evidence.report;

import dev.ronde.evidence.population.ExportScope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The figures of page one of the report of a bundle, counted again from its tables. */
public final class PageOne {
    private PageOne() {}

    /**
     * Figures by name, such as {@code reviews_due}.
     *
     * @param bundle a ZIP that this installation made
     * @param work an empty folder for its tables
     */
    public static Map<String, Long> figures(Path bundle, ExportScope scope, Path work) throws IOException {
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            for (ZipEntry entry : zip.stream().filter(PageOne::isTable).toList()) {
                Path file = work.resolve(inside(entry)).normalize();
                if (!file.startsWith(work)) {
                    throw new IOException(entry.getName() + " leads out of its bundle");
                }
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, file);
                }
            }
        }
        Map<String, Long> figures = new TreeMap<>();
        ((Map<?, ?>) Objects.requireNonNull(new ReportFigures(new TableFiles(work), scope, key -> key)
                        .model()
                        .get("figures")))
                .forEach((name, count) -> figures.put(String.valueOf(name), (Long) count));
        return figures;
    }

    private static boolean isTable(ZipEntry entry) {
        String path = inside(entry);
        return path.startsWith("population/") || path.startsWith("ledger/checkpoints.csv");
    }

    /** Without the one folder that everything is in. */
    private static String inside(ZipEntry entry) {
        return entry.getName().substring(entry.getName().indexOf('/') + 1);
    }
}
