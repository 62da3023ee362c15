package dev.ronde.check.page;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.Framework;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Severity;
import dev.ronde.check.CheckRun;
import dev.ronde.check.CheckRunDao.RunFilter;
import dev.ronde.check.CheckRuns;
import dev.ronde.check.message.CheckMessages;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Download;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.Version;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/**
 * Results as OCSF events for programs that gather security events, one a line, oldest first. Each page is read by itself: however many
 * there are and however slowly somebody takes them, neither memory nor a connection of the database is held for them.
 */
public final class OcsfApi implements Routes {
    private static final int PAGE = 500;
    private static final UUID FIRST = new UUID(0, 0);

    /** How many requests run at once, and when to try again if that many are running. */
    private static final int TAKEN = 8;

    private static final Duration LATER = Duration.ofSeconds(30);

    private final Semaphore taking = new Semaphore(TAKEN);
    private final Database database;
    private final InstantSource clock;
    private final RunViews views;
    private final OcsfEvent events;
    private final CheckRuns runs = new CheckRuns();

    public OcsfApi(Database database, InstantSource clock, RunViews views, OcsfEvent events) {
        this.database = database;
        this.clock = clock;
        this.views = views;
        this.events = events;
    }

    @Override
    public void register(Router router) {
        router.get("/api/v1/check-runs.ocsf", Access.READERS, this::send);
    }

    /** {@code from} is inclusive, {@code to} exclusive. */
    private record Wanted(RunFilter filter, Instant from, Instant to) {}

    private void send(Context context) {
        Query query = Requests.query(context, "from", "to", "asset", "check", "outcome");
        Wanted wanted = database.read(handle -> wanted(handle, query, Requests.principal(context)));
        if (!taking.tryAcquire()) {
            throw Problem.tooMany(LATER);
        }
        try {
            Download.send(context, "application/x-ndjson", "check-runs.ocsf.ndjson", out -> write(wanted, out));
        } finally {
            taking.release();
        }
    }

    private Wanted wanted(Handle handle, Query query, Principal principal) {
        // what ends while it is taken is for the next time, or it would never be over
        Instant justNow = clock.instant().plusMillis(1);
        return new Wanted(
                views.filter(handle, query, principal),
                query.instant("from").orElse(Instant.EPOCH),
                query.instant("to").orElse(justNow));
    }

    private void write(Wanted wanted, Writer out) throws IOException {
        Instant from = wanted.from();
        UUID after = FIRST;
        List<CheckRun> page;
        do {
            RunFilter.Stretch rest = new RunFilter.Stretch(from, after, wanted.to());
            page = database.read(handle -> runs.ended(handle, wanted.filter(), rest, PAGE));
            for (Map<String, Object> event : told(page)) {
                out.write(Json.write(event));
                out.write('\n');
            }
            if (!page.isEmpty()) {
                CheckRun last = page.get(page.size() - 1);
                from = last.finishedAt();
                after = last.id();
            }
        } while (page.size() == PAGE);
    }

    private List<Map<String, Object>> told(List<CheckRun> page) {
        return database.read(handle -> {
            Map<UUID, Asset> assets = views.assets(handle, page);
            Predicate<CheckRun> waived = views.waived(handle, page);
            Map<UUID, JsonNode> details = runs.withoutFacts(handle, page);
            return page.stream()
                    .map(run -> events.of(
                            run,
                            Objects.requireNonNull(assets.get(run.assetId())),
                            details.getOrDefault(run.id(), Json.tree("{}")),
                            waived.test(run)))
                    .toList();
        });
    }

    /** A run as an event of the Open Cybersecurity Schema Framework: class 2003, Compliance Finding (decision 099). */
    public static final class OcsfEvent {
        static final String SCHEMA = "1.5.0";

        private static final int FINDINGS = 2;
        private static final int COMPLIANCE_FINDING = 2003;
        private static final int CREATE = 1;

        private static final Named NEW = new Named(1, "New");
        private static final Named SUPPRESSED = new Named(3, "Suppressed");

        private static final Named INFORMATIONAL = new Named(1, "Informational");

        private final Catalogue catalogue;
        private final CheckMessages messages;

        public OcsfEvent(Catalogue catalogue, CheckMessages messages) {
            this.catalogue = catalogue;
            this.messages = messages;
        }

        private record Named(int id, String caption) {
            void into(Map<String, Object> object, String name) {
                object.put(name + "_id", id);
                object.put(name, caption);
            }
        }

        Map<String, Object> of(CheckRun run, Asset asset, JsonNode details, boolean waived) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("category_uid", FINDINGS);
            event.put("category_name", "Findings");
            event.put("class_uid", COMPLIANCE_FINDING);
            event.put("class_name", "Compliance Finding");
            event.put("activity_id", CREATE);
            event.put("activity_name", "Create");
            event.put("type_uid", COMPLIANCE_FINDING * 100 + CREATE);
            event.put("type_name", "Compliance Finding: Create");
            event.put("time", run.finishedAt().toEpochMilli());
            severity(run).into(event, "severity");
            (waived ? SUPPRESSED : NEW).into(event, "status");
            String title = title(run);
            event.put("message", title + ": " + run.outcome().code());
            event.put("metadata", metadata(run));
            event.put("finding_info", info(run, title));
            event.put("compliance", compliance(run, title, details));
            event.put("resources", List.of(resource(asset)));
            event.put("unmapped", unmapped(run));
            return event;
        }

        /** A failure has its own severity, an undecided run that of the check, and a pass has none. */
        private static Named severity(CheckRun run) {
            return run.outcome() == Outcome.PASS || run.outcome() == Outcome.NOT_APPLICABLE
                    ? INFORMATIONAL
                    : severity(run.severity());
        }

        private static Named severity(Severity severity) {
            return switch (severity) {
                case INFO -> INFORMATIONAL;
                case LOW -> new Named(2, "Low");
                case MEDIUM -> new Named(3, "Medium");
                case HIGH -> new Named(4, "High");
                case CRITICAL -> new Named(5, "Critical");
            };
        }

        /** Errors and unknowns are neither failures nor passes; the schema has one word for both. */
        private static Named status(Outcome outcome) {
            return switch (outcome) {
                case PASS -> new Named(1, "Pass");
                case ERROR, UNKNOWN -> new Named(2, "Warning");
                case FAIL -> new Named(3, "Fail");
                case NOT_APPLICABLE -> new Named(99, "Not applicable");
            };
        }

        private String title(CheckRun run) {
            return catalogue.title(run.checkId(), Locale.ENGLISH);
        }

        private static Map<String, Object> metadata(CheckRun run) {
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("version", SCHEMA);
            metadata.put("product", Map.of("name", "Ronde", "vendor_name", "Ronde", "version", Version.text()));
            metadata.put("uid", run.id());
            metadata.put("log_name", "check.result");
            return metadata;
        }

        private static Map<String, Object> info(CheckRun run, String title) {
            Map<String, Object> info = new LinkedHashMap<>();
            info.put("uid", run.id());
            info.put("title", title);
            info.put("created_time", run.finishedAt().toEpochMilli());
            return info;
        }

        private Map<String, Object> compliance(CheckRun run, String title, JsonNode details) {
            Map<String, Object> compliance = new LinkedHashMap<>();
            compliance.put("control", run.checkId());
            List<String> controls = texts(details.path("controls"));
            if (!controls.isEmpty()) {
                compliance.put("requirements", controls);
                compliance.put("standards", standards(controls));
            }
            status(run.outcome()).into(compliance, "status");
            if (run.reason() != null) {
                compliance.put("status_code", run.reason());
            }
            List<String> said = said(run, details);
            if (!said.isEmpty()) {
                compliance.put("status_details", said);
            }
            Map<String, Object> check = new LinkedHashMap<>();
            check.put("uid", run.checkId());
            check.put("name", title);
            check.put("version", String.valueOf(run.checkVersion()));
            status(run.outcome()).into(check, "status");
            compliance.put("checks", List.of(check));
            return compliance;
        }

        private List<String> standards(List<String> controls) {
            return controls.stream()
                    .map(control -> control.substring(0, Math.max(0, control.indexOf(':'))))
                    .distinct()
                    .map(id -> Optional.ofNullable(catalogue.frameworks().get(id))
                            .map(OcsfEvent::name)
                            .orElse(id))
                    .toList();
        }

        private static String name(Framework framework) {
            return framework.name() + " " + framework.version();
        }

        private List<String> said(CheckRun run, JsonNode details) {
            List<String> said = new ArrayList<>();
            if (details.has("detail")) {
                messages.why(run.checkId(), run.reason(), details, Locale.ENGLISH)
                        .ifPresent(why -> said.add(why.told()));
            }
            details.path("assertions").forEach(assertion -> {
                if (!assertion.path("result").asString("").equals(Outcome.PASS.code()) && assertion.has("message")) {
                    said.add(assertion.path("message").asString(""));
                }
            });
            return said;
        }

        private static List<String> texts(JsonNode array) {
            List<String> texts = new ArrayList<>();
            array.forEach(text -> texts.add(text.asString("")));
            return texts;
        }

        private static Map<String, Object> resource(Asset asset) {
            Map<String, Object> resource = new LinkedHashMap<>();
            resource.put("uid", asset.ref());
            resource.put("name", asset.name());
            resource.put("type", asset.kind());
            resource.put("criticality", asset.criticality().name().toLowerCase(Locale.ROOT));
            return resource;
        }

        private static Map<String, Object> unmapped(CheckRun run) {
            Map<String, Object> rest = new LinkedHashMap<>();
            rest.put("outcome", run.outcome().code());
            rest.put("incomplete", run.incomplete());
            rest.put("check_sha256", run.checkSha256());
            rest.put("fresh_until", run.freshUntil());
            rest.put("record", run.recordId());
            return rest;
        }
    }
}
