package dev.ronde.command;

/**
 * One thing doctor looked at.
 *
 * @param area settings, home, database, clock, mail, templates, probes, ledger, exports, ticks or server
 * @param text what is so
 * @param advice what to do; empty where all is well
 */
public record Diagnosis(String area, State state, String text, String advice) {
    public enum State {
        OK,
        WARN,
        FAIL
    }

    static Diagnosis ok(String area, String text) {
        return new Diagnosis(area, State.OK, text, "");
    }

    static Diagnosis warn(String area, String text, String advice) {
        return new Diagnosis(area, State.WARN, text, advice);
    }

    static Diagnosis fail(String area, String text, String advice) {
        return new Diagnosis(area, State.FAIL, text, advice);
    }
}
