package dev.ronde.evidence.report;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is done again and again, a check or a review plan, with what became of it on each asset. */
final class Activity {
    private static final Pattern ONE_UNIT = Pattern.compile("P(?:([1-9][0-9]{0,5})([YMWD])|T([1-9][0-9]{0,5})([HMS]))");

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

    /** The interval as OSCAL says it; empty where it is not of one unit. */
    Map<String, Object> frequency() {
        Matcher matcher = ONE_UNIT.matcher(interval);
        if (!matcher.matches()) {
            return Map.of();
        }
        boolean days = matcher.group(1) != null;
        long period = Long.parseLong(matcher.group(days ? 1 : 3));
        return switch ((days ? "" : "T") + matcher.group(days ? 2 : 4)) {
            case "Y" -> frequency(period, "years");
            case "M" -> frequency(period, "months");
            case "W" -> frequency(7 * period, "days");
            case "D" -> frequency(period, "days");
            case "TH" -> frequency(period, "hours");
            case "TM" -> frequency(period, "minutes");
            default -> frequency(period, "seconds");
        };
    }

    private static Map<String, Object> frequency(long period, String unit) {
        return Map.of(
                "at-frequency",
                new OscalObject().with("period", period).with("unit", unit).members());
    }
}
