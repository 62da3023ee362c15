package dev.ronde.platform.config;

/** A setting that stops the start; the message names the key and the accepted form. */
public class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(message, null, false, false);
    }
}
