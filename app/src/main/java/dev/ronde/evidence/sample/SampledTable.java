package dev.ronde.evidence.sample;

import dev.ronde.platform.text.Worded;
import java.util.Optional;

/** The tables that can be drawn from, with the column that names what is drawn. */
enum SampledTable implements Worded {
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
        return Worded.find(SampledTable.class, word);
    }

    String path() {
        return "population/" + word() + ".csv";
    }

    String item() {
        return item;
    }
}
