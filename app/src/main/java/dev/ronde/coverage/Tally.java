package dev.ronde.coverage;

/**
 * What is known now of one check on all assets that have it, each asset in one of these places.
 *
 * @param pass passing, fresh, and credited to the control in question
 * @param fail failing and not waived
 * @param acceptedRisk failing and waived
 * @param error the tool failed
 * @param unknown the tool worked and cannot conclude, or the check never ran
 * @param stale passed once, and the result no longer counts
 * @param notCredited passing, but with parameters looser than the control needs
 * @param notApplicable proven irrelevant
 */
public record Tally(
        long pass,
        long fail,
        long acceptedRisk,
        long error,
        long unknown,
        long stale,
        long notCredited,
        long notApplicable) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(
                pass + other.pass,
                fail + other.fail,
                acceptedRisk + other.acceptedRisk,
                error + other.error,
                unknown + other.unknown,
                stale + other.stale,
                notCredited + other.notCredited,
                notApplicable + other.notApplicable);
    }

    Tally accepting(long waived) {
        return new Tally(pass, fail - waived, acceptedRisk + waived, error, unknown, stale, notCredited, notApplicable);
    }

    Tally withoutCredit(long passes) {
        return new Tally(pass - passes, fail, acceptedRisk, error, unknown, stale, notCredited + passes, notApplicable);
    }

    /** For a check whose file is broken: earlier results no longer count as verified. */
    Tally ofBrokenFile() {
        return new Tally(0, fail, acceptedRisk, error + pass + notCredited + notApplicable, unknown, stale, 0, 0);
    }

    public long assets() {
        return relevant() + notApplicable;
    }

    /** Returns the number of assets of which the check says something, or should. */
    public long relevant() {
        return pass + fail + acceptedRisk + error + unknown + stale + notCredited;
    }
}
