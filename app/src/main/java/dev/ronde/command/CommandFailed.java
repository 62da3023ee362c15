package dev.ronde.command;

/** A command ends with this exit code and, where there is one, a sentence on stderr. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    /** It worked, and there is something to look at: failing checks, overdue reviews, refused rows. */
    public static final int FINDINGS = 3;

    private final int exitCode;

    public CommandFailed(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    static CommandFailed of(String message) {
        return new CommandFailed(FAILED, message);
    }

    /** The command line itself is wrong. */
    static CommandFailed usage(String message) {
        return new CommandFailed(USAGE, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
