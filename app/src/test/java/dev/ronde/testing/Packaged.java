package dev.ronde.testing;

import dev.ronde.platform.http.Authenticator;
import dev.ronde.platform.http.OpenApi;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.platform.resource.Templates;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;

/** What is packaged and the same for every server of a JVM, read once: a template is compiled when it is first rendered. */
public final class Packaged {
    public static final Messages MESSAGES;
    public static final OpenApi API = new OpenApi("test");
    private static final Templates TEMPLATES;

    static {
        Overlay files = Overlay.of("templates", null);
        MESSAGES = new Messages(files);
        TEMPLATES = new Templates(files, MESSAGES);
    }

    private Packaged() {}

    public static PageRenderer pages(Authenticator authenticator, InstantSource clock, ZoneId zone) {
        return new PageRenderer(TEMPLATES, MESSAGES, authenticator, clock, Locale.ENGLISH, zone);
    }
}
