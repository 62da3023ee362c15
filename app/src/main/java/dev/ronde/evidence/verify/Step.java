package dev.ronde.evidence.verify;

/** One step of the verification; the first failing one decides the exit code. */
public enum Step {
    /** Every file that is listed has its hash. */
    V0(10, "files match SHA256SUMS"),
    /** The list is signed by a key that the log announced. */
    V1(11, "SHA256SUMS is signed by an export key of this log"),
    /** The checkpoint is signed by the auditor's verifier key. */
    V2(12, "checkpoint is signed by the verifier key"),
    /** The index has every place of the range once, and what is withheld is counted. */
    V3(13, "index is contiguous, and what it withholds is counted"),
    /** Each line has the leaf hash of its place. */
    V4(14, "each line is the record sealed at its index"),
    /** The leaves lead to the root. */
    V5(15, "range leads to the root of the checkpoint"),
    /** The log only grew since the auditor's checkpoints. */
    V6(16, "log extends the checkpoints you hold"),
    /** Seals follow each other and time goes forward. */
    V8(18, "seals and recording times fit"),
    /** Each line is canonical and well-formed. */
    V9(19, "each line is canonical"),
    /** Attachments and private texts fit their hashes. */
    V10(20, "attachments and private texts match"),
    /** Tables, totals and what people read follow from the records. */
    V11(21, "tables, totals and report follow from the records"),
    /** The files and what manifest.json has are those of the layout, no more and no less. */
    V13(23, "the bundle has layout 1, and nothing beside it"),
    /** Every place of the log is there, and none is withheld that the scope discloses by its seal and the type that the index says. */
    V14(
            24,
            "the whole log is here, and what is withheld lies outside the scope by its seal and the type the index says");

    private final int code;
    private final String claim;

    Step(int code, String claim) {
        this.code = code;
        this.claim = claim;
    }

    public int code() {
        return code;
    }

    public String claim() {
        return claim;
    }
}
