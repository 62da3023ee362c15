package dev.ronde.evidence.sample;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables that can be drawn from, with the column that names what is drawn. */
enum SampledTable {
    REVIEWS("ref"),
    ASSETS("ref"),
    EXPECTED_VS_ACTUAL("index"),
    EXPOSURE("finding"),
    WAIVERS("waiver"),
    /** A change has a row for each of its fields; all are drawn with it. */
    CHANGES("index");

    private final String item;

    SampledTable(String item) {
        this.item = item;
    }

    static Optional<SampledTable> of(String word) {
        return Stream.of(values()).filter(table -> table.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String path() {
        return "population/" + word() + ".csv";
    }

    String item() {
        return item;
    }
}
