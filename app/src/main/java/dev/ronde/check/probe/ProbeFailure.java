package dev.ronde.check.probe;

/** Why a probe could not do its work; each becomes the reason of an {@code error} or {@code unknown} outcome. */
public enum ProbeFailure {
    /** The operator's policy or the asset's authorisation does not allow the target. */
    POLICY_DENIED("policy-denied", true),
    /** The host name could not be resolved. */
    DNS_FAILURE("dns-failure", true),
    /** The probe used up its budget by itself, not by a silent target. */
    BUDGET("budget", true),
    /** The probe did not come back in time. */
    TIMEOUT("probe-timeout-internal", true),
    /** The probe broke. */
    CRASH("probe-crash", true),
    /** A configuration could not be understood. */
    UNPARSABLE_RULE("unparsable-rule", true),
    /** The source said something newer that nobody could read. */
    SNAPSHOT_REFUSED("snapshot-refused", true),
    /** The asset has no address or port to probe. */
    NO_TARGET("no-target", true),
    /** A parameter of the check, from its file or from a tag of the asset, holds what cannot be asked with. */
    BAD_PARAMETER("bad-parameter", true),
    /** The check needs a vantage that does not exist. */
    NO_VANTAGE("no-vantage", false),
    /** The snapshot the check reads was never pushed. */
    SOURCE_UNAVAILABLE("source-unavailable", false),
    /** The name has addresses that could not be looked at. */
    ADDRESSES_NOT_LOOKED_AT("addresses-not-looked-at", false),
    /** Somebody stopped every probe. */
    PROBING_STOPPED("probing-stopped", false),
    /** A maintenance window holds for the asset. */
    MAINTENANCE("maintenance-window", false),
    /** The snapshot lacks what the check reads. */
    SNAPSHOT_INCOMPLETE("snapshot-incomplete", false);

    private final String code;
    private final boolean error;

    ProbeFailure(String code, boolean error) {
        this.code = code;
        this.error = error;
    }

    public String code() {
        return code;
    }

    /** Returns whether the tool failed ({@code error}); otherwise it worked and cannot conclude ({@code unknown}). */
    public boolean isError() {
        return error;
    }
}
