package dev.ronde.platform.document;

/** A document, or a value of it, that cannot be read; permanent, its author must act. */
public final class DocumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    DocumentException(int line, Reason reason) {
        super(reason.english(), null, false, false);
        this.fault = new Fault(line, "", Fault.SYNTAX, "", reason);
    }

    DocumentException(int line, String english) {
        this(line, Reason.of(Fault.SYNTAX, english));
    }

    public Fault fault() {
        return fault;
    }
}
