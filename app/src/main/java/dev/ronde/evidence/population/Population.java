package dev.ronde.evidence.population;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.function.UnaryOperator;

/** All tables and totals of one scope, fed once with the disclosed records in index order. */
public final class Population {
    @FunctionalInterface
    public interface Files {
        Writer open(String path) throws IOException;
    }

    private final List<PopulationTable> tables;
    private final RoleTable roles;
    private final ReviewTable reviews;
    private final CompletenessTable completeness;
    private final Totals totals;

    /** @param names display name of an actor ref, or the ref itself */
    public Population(ExportScope scope, Files files, UnaryOperator<String> names) throws IOException {
        totals = new Totals(scope);
        roles = new RoleTable(scope, files.open("population/users_and_roles.csv"), names);
        completeness = new CompletenessTable(scope, files.open("population/completeness.csv"));
        reviews = new ReviewTable(
                scope, files.open("population/reviews.csv"), files.open("population/upcoming.csv"), names);
        tables = List.of(
                new AssetTable(scope, files.open("population/assets.csv"), names),
                new CheckTable(scope, files.open("population/checks.csv"), names),
                new RunTable(scope, files.open(RunTable.PATH)),
                reviews,
                new WaiverTable(scope, files.open(WaiverTable.PATH), names),
                new ExposureTable(scope, files.open(ExposureTable.PATH)),
                new PlanTable(scope, files.open("population/plans.csv")),
                new ChangeTable(scope, files.open("population/changes.csv")),
                new ExceptionTable(scope, files.open("population/exceptions.csv"), reviews, names),
                new GapTable(scope, files.open("population/gaps.csv")),
                roles);
    }

    public void add(Leaf leaf) throws IOException {
        totals.add(leaf);
        completeness.told(leaf);
        for (PopulationTable table : tables) {
            table.add(leaf);
        }
    }

    /** Takes every place of the log, before the record that is there, where it is told. */
    public void count(String type, boolean disclosed) {
        completeness.add(type, disclosed);
    }

    /** Takes a place of the log whose record is purged. */
    public void purged(String type) {
        completeness.purged(type);
    }

    /** Takes the end of a batch, after its record; {@code place} is where it lies. */
    public void sealed(Leaf seal, SealSpan.Place place) {
        completeness.sealed(seal, place);
    }

    /** Takes a record that is here for an attestation alone: who it names is told, and whether a waiver covers it; the rest is in no table. */
    public void addNamed(Leaf leaf) {
        roles.add(leaf);
        reviews.result(leaf);
    }

    public void finish() throws IOException {
        for (PopulationTable table : tables) {
            table.finish();
        }
        completeness.finish();
    }

    public Totals totals() {
        return totals;
    }
}
