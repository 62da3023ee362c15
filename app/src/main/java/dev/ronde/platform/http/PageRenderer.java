package dev.ronde.platform.http;

import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.ReaderWords;
import dev.ronde.platform.resource.Templates;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Renders pages. Every template gets, beside its model: {@code me} (principal or empty), {@code csrf}, {@code locale} (language tag),
 * {@code zone}, {@code theme}, {@code now}, {@code path}, {@code banners} and {@code request_id}.
 */
public final class PageRenderer {
    /** Set on a request that lost its database: the page says so without looking up its reader. */
    static final String WITHOUT_DATABASE = "ronde.without_database";

    private final Templates templates;
    private final Messages messages;
    private final Authenticator authenticator;
    private final InstantSource clock;
    private final Locale locale;
    private final ZoneId zone;
    private final List<Banner.Source> banners = new CopyOnWriteArrayList<>();

    public PageRenderer(
            Templates templates,
            Messages messages,
            Authenticator authenticator,
            InstantSource clock,
            Locale locale,
            ZoneId zone) {
        this.templates = templates;
        this.messages = messages;
        this.authenticator = authenticator;
        this.clock = clock;
        this.locale = locale;
        this.zone = zone;
    }

    public boolean says(String key) {
        return messages.has(key);
    }

    public void addBanners(Banner.Source source) {
        banners.add(source);
    }

    /** Language, zone and theme of this visitor: their own choice, else cookie and Accept-Language, else the installation's. */
    public Reader reader(Context context) {
        Reader chosen = visitor(context)
                .flatMap(principal -> authenticator.reader(context))
                .orElse(new Reader(browserLocale(context), zone, "system"));
        String theme = context.cookie("theme");
        String language = context.cookie("lang");
        return new Reader(
                language == null ? chosen.locale() : known(language).orElse(chosen.locale()),
                chosen.zone(),
                theme != null && (theme.equals("light") || theme.equals("dark")) ? theme : chosen.theme());
    }

    /** Answers 200 (or the status already set) with the page. */
    public void render(Context context, String template, Map<String, Object> model) {
        Reader reader = reader(context);
        render(context, template, reader, model);
    }

    public void render(Context context, String template, Reader reader, Map<String, Object> model) {
        Map<String, Object> all = new HashMap<>();
        boolean stored = context.attribute(WITHOUT_DATABASE) == null;
        Optional<Principal> me = visitor(context);
        all.put("me", me.orElse(null));
        all.put("csrf", stored ? authenticator.csrf(context).orElse("") : "");
        all.put("locale", reader.locale().toLanguageTag());
        all.put("zone", reader.zone().getId());
        all.put("theme", reader.theme());
        all.put("now", clock.instant());
        all.put("path", context.path());
        all.put("request_id", Requests.requestId(context));
        all.put("banners", stored ? shownBanners(me, reader.locale()) : List.of());
        all.putAll(model);
        context.contentType("text/html; charset=utf-8").result(templates.render(template, reader.locale(), all));
    }

    private static Optional<Principal> visitor(Context context) {
        return context.attribute(WITHOUT_DATABASE) == null ? Requests.findPrincipal(context) : Optional.empty();
    }

    public ReaderWords words(Context context) {
        return new ReaderWords(messages, reader(context).locale());
    }

    public ReaderWords words(Locale language) {
        return new ReaderWords(messages, language);
    }

    public String text(Context context, String key, Object... arguments) {
        return messages.text(reader(context).locale(), key, arguments);
    }

    private List<Map<String, String>> shownBanners(Optional<Principal> me, Locale language) {
        List<Map<String, String>> shown = new ArrayList<>();
        List<Banner> all = new ArrayList<>();
        banners.forEach(source -> all.addAll(source.toAnybody()));
        me.ifPresent(principal -> banners.forEach(source -> all.addAll(source.banners(principal))));
        all.forEach(banner -> shown.add(Map.of(
                "level",
                banner.level(),
                "text",
                messages.text(language, banner.key(), banner.arguments().toArray()))));
        return shown;
    }

    private Locale browserLocale(Context context) {
        String accepted = context.header("Accept-Language");
        if (accepted == null || accepted.isBlank()) {
            return locale;
        }
        try {
            Locale match = Locale.lookup(Locale.LanguageRange.parse(accepted), Messages.LANGUAGES);
            return match == null ? locale : match;
        } catch (IllegalArgumentException e) {
            return locale;
        }
    }

    private static Optional<Locale> known(String tag) {
        return Stream.concat(Messages.LANGUAGES.stream(), Stream.of(Messages.PSEUDO))
                .filter(language -> language.toLanguageTag().equals(tag))
                .findFirst();
    }
}
