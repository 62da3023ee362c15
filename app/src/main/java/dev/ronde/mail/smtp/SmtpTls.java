package dev.ronde.mail.smtp;

/** How the connection is protected; the value of {@code RONDE_SMTP_TLS}. */
public enum SmtpTls {
    /** Plain text; only for a relay on the same machine or a test. */
    NONE,
    /** Plain text upgraded by STARTTLS (RFC 3207), which is required: a server without it is an error. */
    STARTTLS,
    /** TLS from the first byte (RFC 8314), usually port 465. */
    TLS
}
