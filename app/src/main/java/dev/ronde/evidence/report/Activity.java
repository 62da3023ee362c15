package dev.ronde.evidence.report;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is done again and again, a check or a review plan, with what became of it on each asset. */
final class Activity {
    private static final Pattern ONE_UNIT = Pattern.compile("P(T?)([1-9][0-9]{0,5})([YMWDHS])");
    private static final Map<String, String> UNITS = Map.of(
            "Y", "years", "M", "months", "W", "days", "D", "days", "TH", "hours", "TM", "minutes", "TS", "seconds");

    final boolean check;
    final String id;
    final Set<String> controls = new TreeSet<>();
    final Map<String, Tally> assets = new TreeMap<>();
    String title = "";
    /** An ISO 8601 duration; empty where there is none. */
    String interval = "";
    /** Whether a person says how it is. */
    boolean attested;

    Activity(boolean check, String id) {
        this.check = check;
        this.id = id;
        this.attested = !check;
    }

    Tally on(String asset) {
        return assets.computeIfAbsent(asset, ref -> new Tally());
    }

    Tally total() {
        Tally total = new Tally();
        assets.values().forEach(total::add);
        return total;
    }

    String key() {
        return (check ? "check\n" : "plan\n") + id;
    }

    /** A review for which no plan asked has no plan to be named after. */
    String title() {
        return title.isBlank() ? id.isBlank() ? "Reviews without a plan" : id : title;
    }

    String method() {
        return attested ? "EXAMINE" : "TEST";
    }

    /** The table that has each of its runs or reviews. */
    String table() {
        return check ? "population/expected_vs_actual.csv" : "population/reviews.csv";
    }

    private static long period(Matcher one) {
        return Long.parseLong(one.group(2)) * (one.group(3).equals("W") ? 7 : 1);
    }

    /** The interval as OSCAL says it; empty where it is not of one unit. */
    Map<String, Object> frequency() {
        Matcher one = ONE_UNIT.matcher(interval);
        String unit = one.matches() ? UNITS.get(one.group(1) + one.group(3)) : null;
        return unit == null
                ? Map.of()
                : new OscalObject()
                        .with(
                                "at-frequency",
                                new OscalObject().with("period", period(one)).with("unit", unit))
                        .members();
    }
}
