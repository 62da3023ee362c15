package dev.ronde.reply;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.mail.handle.Grant;
import dev.ronde.mail.handle.HandleDoor;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Reader;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first steps of every page behind a link: check the handle, set the headers, count the visit, find the reader. */
record LinkPages(HandleDoor door, Nonces nonces, Database database, People people, String base, InstantSource clock) {
    private static final Logger log = LoggerFactory.getLogger(LinkPages.class);
    private static final Duration TOO_FAST = Duration.ofSeconds(3);
    /** What a form says that its page showed, in this order. */
    private static final List<String> SHOWN = List.of("v", "snapshot_digest", "seen");

    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
            + "frame-ancestors 'none'; base-uri 'none'";

    record Visit(String handle, Grant grant, Person person, boolean here, Reader reader, Instant now) {
        /** Whether anything can be done by it: a link ends when it says so, and with whoever it was for. */
        boolean live() {
            return here && grant.live(now);
        }

        String path(HandlePurpose purpose) {
            return purpose.path() + handle;
        }
    }

    /** Lets the holder of a handle in.
     *
     * @throws Problem 404 or 429, see {@link HandleDoor#open}; 403 for a form of another site */
    Visit enter(Context context, HandlePurpose purpose) {
        context.header("Content-Security-Policy", POLICY);
        context.header("Referrer-Policy", "no-referrer");
        context.header("X-Robots-Tag", "noindex, nofollow");
        String handle = context.pathParam("handle");
        Grant grant = door.open(purpose, handle, Requests.client(context));
        Person person = database.read(read -> people.get(read, grant.personId()));
        log.info(
                "link {} {} grant {}",
                Requests.requestId(context),
                context.method().name(),
                grant.id());
        if (context.method().equals(HandlerType.GET)) {
            door.countGet(grant);
        } else if (context.method().equals(HandlerType.POST)) {
            refuseOtherSites(context);
        }
        boolean here = database.read(read -> people.here(read, person));
        Reader reader = new Reader(language(context, person), person.zone(), "system");
        return new Visit(handle, grant, person, here, reader, clock.instant());
    }

    private static Locale language(Context context, Person person) {
        String asked = context.queryParam("l");
        return "fr".equals(asked) ? Locale.FRENCH : "en".equals(asked) ? Locale.ENGLISH : person.language();
    }

    private void refuseOtherSites(Context context) {
        String site = context.header("Sec-Fetch-Site");
        String origin = context.header("Origin");
        boolean own = origin == null
                || origin.equalsIgnoreCase(base)
                || origin.equalsIgnoreCase(context.scheme() + "://" + context.host());
        // A page sent with Referrer-Policy: no-referrer posts its form with the origin "null".
        boolean hidden = "null".equals(origin) && !"cross-site".equals(site);
        if ("cross-site".equals(site) || !(own || hidden)) {
            throw Problem.of(
                    403, "foreign_form", "This form was sent from another site. Open your link and send it again.");
        }
    }

    String nonce(Visit visit, String version) {
        return nonces.issue(visit.handle(), version, false);
    }

    /** What a form carries hidden: in {@code v} what its page showed, in {@code n} the nonce over that, and whatever else there is. */
    Map<String, String> carried(Visit visit, Map<String, String> shown) {
        String version =
                SHOWN.stream().map(field -> shown.getOrDefault(field, "")).collect(Collectors.joining("|"));
        Map<String, String> all = new LinkedHashMap<>(shown);
        all.keySet().removeAll(SHOWN);
        all.put("v", version);
        all.put("n", nonce(visit, version));
        return all;
    }

    /** The fields of a form, with what {@code v} says each under its own name. */
    static Map<String, String> opened(Map<String, String> form) {
        Map<String, String> opened = new LinkedHashMap<>(form);
        String[] parts = form.getOrDefault("v", "").split("\\|", -1);
        for (int i = 0; i < Math.min(parts.length, SHOWN.size()); i++) {
            opened.put(SHOWN.get(i), parts[i]);
        }
        opened.values().removeIf(String::isEmpty);
        return opened;
    }

    enum Asked {
        /** It is missing, foreign or too old. */
        REFUSED,
        /** It is good, but the answer came faster than a person reads after its own page was shown. */
        CONFIRM,
        /** It is good. */
        FINE
    }

    Asked judge(Visit visit, Map<String, String> form) {
        return nonces.check(visit.handle(), form.getOrDefault("v", ""), form.getOrDefault("n", ""))
                .map(checked -> {
                    boolean fast = checked.issuedAt().plus(TOO_FAST).isAfter(visit.now());
                    return fast && !checked.confirmed() ? Asked.CONFIRM : Asked.FINE;
                })
                .orElse(Asked.REFUSED);
    }

    /** The fields of the same form once more, under a nonce that needs no further question. */
    Map<String, String> again(Visit visit, Map<String, String> form) {
        Map<String, String> kept = new LinkedHashMap<>(form);
        List.of("action", "code", "again").forEach(kept::remove);
        kept.put("n", nonces.issue(visit.handle(), form.getOrDefault("v", ""), true));
        return kept;
    }

    /** What a link to the next page carries so that it keeps the language that was asked for. */
    static String asked(Context context) {
        String language = context.queryParam("l");
        return "fr".equals(language) || "en".equals(language) ? "&l=" + language : "";
    }

    /** Shows one more page for an answer that came faster than a person reads; its form is the same once more. */
    void confirm(
            Context context,
            PageRenderer pages,
            Visit visit,
            HandlePurpose purpose,
            String what,
            Map<String, String> form) {
        pages.render(
                context,
                "web/reply/confirm.peb",
                visit.reader(),
                Map.of("action", visit.path(purpose), "fields", again(visit, form), "what", what));
    }

    HandleDoor grants() {
        return door;
    }
}
