package dev.ronde.reply;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.ronde.account.Person;
import dev.ronde.asset.TestInventory;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.Criticality;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Severity;
import dev.ronde.coverage.LastingErrors;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.TestLedger;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.inbound.answer.InboundDecisions;
import dev.ronde.inbound.answer.InboxRoom;
import dev.ronde.inbound.imap.ImapFetcher;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.inbound.inbox.Inbox;
import dev.ronde.mail.CheckpointMail;
import dev.ronde.mail.MailClass;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailKinds;
import dev.ronde.mail.MailRoom;
import dev.ronde.mail.NewMail;
import dev.ronde.mail.handle.MasterKeys;
import dev.ronde.mail.health.DeadAddress;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.file.WorkFolder;
import dev.ronde.platform.http.Authenticator;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.OpenApi;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.WebServer;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.platform.resource.Templates;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.reminder.Found;
import dev.ronde.reminder.MailCount;
import dev.ronde.reminder.ReminderRoom;
import dev.ronde.reminder.ToldNotices;
import dev.ronde.review.FakeLooks;
import dev.ronde.review.Review;
import dev.ronde.review.TestVisitors;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.review.estate.AssetEstate;
import dev.ronde.review.estate.CheckState;
import dev.ronde.review.estate.CheckWords;
import dev.ronde.review.file.ReviewFileApi;
import dev.ronde.review.plan.PlanReader;
import dev.ronde.review.room.ReviewRoom;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Leftovers;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reviews, reminders, mails and the pages behind their links, wired with a real mail server and a web server. */
public final class MailWorld implements AutoCloseable {
    public static final String PLAN = """
            id: quarterly
            title: Quarterly review
            scope: {criticality: [high, critical]}
            cadence: {every: P3M, anchor: 2026-03-12}
            zone: Europe/Paris
            lead_time: P14D
            missed_after: P30D
            """;
    /** What is read once for all worlds of a test run. */
    private static final Overlay PACKAGED = Overlay.of("templates", null);

    private static final Messages MESSAGES = new Messages(PACKAGED);
    private static final Templates TEMPLATES = new Templates(PACKAGED, MESSAGES);
    private static final OpenApi API = new OpenApi("test");

    /** The request header that says who asks: a role, a space, an e-mail address. */
    public static final String AS = SignedInByHeader.HEADER;

    public final TestClock clock = TestClock.at("2026-02-25T08:00:00Z");
    public final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    final TestDatabase test;
    public final Database database;
    public final TestInventory inventory;
    private final FakeLooks looks = new FakeLooks();
    final Map<UUID, String> digests = looks.digests;
    final List<CheckState> checks = looks.checks;
    /** What checks said before. */
    final List<CheckState> past = looks.past;

    /** Happens whenever what is known of configurations is asked for. */
    public Runnable looked = () -> {};

    /** What is still open on every asset. */
    final List<CheckWords.Open> open = new ArrayList<>();

    /** What every asset could have, each with all checks; nobody knows of any by default. */
    final List<CheckWords.Protected> protections = new ArrayList<>();

    public final List<Found> findings = new ArrayList<>();
    public final List<UUID> notified = new ArrayList<>();
    public final Set<UUID> acknowledged = new HashSet<>();
    public final ReviewRoom reviews;
    public final MailRoom mail;
    public final ReminderRoom reminders;
    public final InboxRoom inbox;
    private final Supplier<InboxRoom> nodes;
    final Ledger ledger;
    final CheckpointMail checkpoints;
    final List<MailKind> kinds = new ArrayList<>();
    private final Path home;
    private final MailRoom.Running running;
    private final Supplier<WebServer> servers;
    private @Nullable WebServer web;

    public MailWorld(DatabaseKind kind) {
        this(kind, true);
    }

    /** @param smtpConfigured false: mails stay in the outbox */
    public MailWorld(DatabaseKind kind, boolean smtpConfigured) {
        this(kind, smtpConfigured, Map.of());
    }

    /** @param more settings beside the usual ones, such as a policy */
    public MailWorld(DatabaseKind kind, boolean smtpConfigured, Map<Setting, String> more) {
        smtp.start();
        test = TestDatabase.open(kind);
        database = test.database();
        inventory = new TestInventory(database, clock, Set.of("service.redis"));
        Settings settings = settings(smtpConfigured, more);
        home = settings.home();
        boolean own = more.containsKey(Setting.TEMPLATES);
        Overlay files = own ? Overlay.of("templates", Path.of(more.get(Setting.TEMPLATES))) : PACKAGED;
        Messages messages = own ? new Messages(files) : MESSAGES;
        Templates templates = own ? new Templates(files, messages) : TEMPLATES;
        looks.looked = () -> looked.run();
        UUID installation = UUID.fromString("0197f3a0-0000-7000-8000-000000000001");
        mail = new MailRoom(database, settings, clock, inventory.evidence, templates, installation);
        reviews = ReviewRoom.of(
                database,
                clock,
                inventory.evidence,
                inventory.people,
                new AssetEstate(inventory.assets),
                looks,
                new MailCount(
                        inventory.people,
                        inventory.assets,
                        new SeenFindings(findings, notified, acknowledged),
                        mail.outbox()),
                new ToldNotices(),
                new WorkFolder(Path.of("target", "downloads")));
        inventory.assets.addListener(reviews.assets());
        reminders = ReminderRoom.of(
                database,
                clock,
                inventory.evidence,
                inventory.people,
                new ReminderRoom.Sources(
                        reviews.reviews(),
                        inventory.assets,
                        new SeenFindings(findings, notified, acknowledged),
                        new LastingErrors(check -> Duration.ZERO),
                        (reason, language) -> Optional.empty()),
                mail);
        Authenticator byHeader = new SignedInByHeader(database, inventory.people);
        PageRenderer pages =
                new PageRenderer(templates, messages, byHeader, clock, Locale.ENGLISH, ZoneId.of("Europe/Paris"));
        ReplyRoom reply = ReplyRoom.of(
                database,
                clock,
                inventory.evidence,
                inventory.people,
                reviews,
                reminders,
                mail,
                new SaidChecks(open, protections),
                messages,
                pages);
        nodes = () -> InboxRoom.of(
                database,
                settings,
                clock,
                inventory.evidence,
                inventory.people,
                inventory.assets,
                reviews,
                reminders,
                mail,
                reply,
                messages,
                pages);
        inbox = nodes.get();
        kinds.addAll(reminders.kinds());
        kinds.addAll(inbox.kinds());
        kinds.addAll(reply.kinds());
        ledger = Ledger.open(TestLedger.files(settings.home()), database, inventory.evidence, clock);
        checkpoints = new CheckpointMail(
                database,
                ledger,
                mail.outbox(),
                inventory.evidence,
                mail.writer(),
                new CheckpointMail.Recipients(
                        List.of("auditor@audit.example"), settings.locale(), ZoneId.of("Europe/Paris")));
        kinds.add(checkpoints);
        running = mail.running(new MailKinds(kinds), inventory.people, pages);
        Router router = new Router();
        running.routes().forEach(routes -> routes.register(router));
        reply.routes().forEach(routes -> routes.register(router));
        inbox.routes().forEach(routes -> routes.register(router));
        new ReviewFileApi(
                        database,
                        reviews.files(),
                        reviews.reader(),
                        reviews.reviews().duties())
                .register(router);
        reminders.routes().forEach(routes -> routes.register(router));
        pages.addBanners(running.status());
        servers = () -> new WebServer(
                router,
                API,
                byHeader,
                pages,
                database,
                new SimpleMeterRegistry(),
                clock,
                URI.create("http://localhost"));
    }

    /** The web server starts with the first call: most worlds only send mails. */
    synchronized PageCalls calls() {
        WebServer started = web;
        if (started == null) {
            started = servers.get();
            started.start("127.0.0.1", 0);
            web = started;
        }
        return new PageCalls(started.port());
    }

    private Settings settings(boolean smtpConfigured, Map<Setting, String> more) {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        flags.put(Setting.HOME, Leftovers.folder("ronde-mail").toString());
        flags.put(Setting.ZONE, "Europe/Paris");
        flags.put(Setting.BASE_URL, "https://ronde.test");
        flags.put(Setting.MAIL_FROM, "ronde@ronde.test");
        flags.put(Setting.MAIL_RATE, "0");
        if (smtpConfigured) {
            flags.put(Setting.SMTP_HOST, "127.0.0.1");
            flags.put(Setting.SMTP_PORT, String.valueOf(smtp.getSmtp().getPort()));
            flags.put(Setting.SMTP_TLS, "none");
        }
        flags.putAll(more);
        return SettingsReader.read(flags, Map.of());
    }

    // ---- people, assets, plans

    public Person person(String email) {
        return person(email, "en", "Europe/Paris");
    }

    public Person person(String email, String language, String zone) {
        return database.inTransaction(tx -> {
            Person person = inventory.people.findOrCreate(tx, email, nameOf(email), Actor.SYSTEM);
            tx.execute("update person set language = ?, zone = ? where id = ?", language, zone, person.id());
            return inventory.people.get(tx, person.id());
        });
    }

    /** Who is on file already, as they are. */
    public Person known(String email) {
        return database.read(
                handle -> inventory.people.findByEmail(handle, email).orElseThrow());
    }

    public Person lead(String email) {
        return becomes(person(email), Role.COMPLIANCE);
    }

    public Person administrator(String email) {
        return becomes(person(email), Role.ADMIN);
    }

    /** From now on the person has this role. */
    public Person becomes(Person person, Role role) {
        sql("update person set role = ? where id = ?", role.name(), person.id());
        return known(person.email());
    }

    /** The person has left. */
    public void leaves(Person person) {
        sql("update person set active = false where id = ?", person.id());
    }

    /** From now on the member answers for the team too. */
    public void member(Person team, Person member) {
        sql("insert into team_member (team_id, member_id) values (?, ?)", team.id(), member.id());
    }

    /** From now on nothing is sent to this person. */
    public void unreachable(Person person) {
        DeadAddress.of(database, person, clock.instant());
    }

    private static String nameOf(String email) {
        return email.substring(0, 1).toUpperCase(Locale.ROOT) + email.substring(1, email.indexOf('@'));
    }

    public Asset asset(String ref, String owner) {
        return asset(ref, owner, Map.of());
    }

    public Asset asset(String ref, String owner, Map<AssetField, Object> more) {
        Map<AssetField, Object> values = new HashMap<>(Map.of(AssetField.CRITICALITY, Criticality.HIGH));
        values.putAll(more);
        return inventory.asset(ref, "service.redis", owner, values);
    }

    /** Applies a plan as the system does at its own time, not as a person. */
    public void plan(String yaml, Channel channel) {
        PlanReader.Result read = new PlanReader(ZoneId.of("Europe/Paris")).read(yaml);
        reviews.plans().apply(read.plans().get(0), Actor.SYSTEM, channel);
    }

    /** From now on this is what checks say. */
    public void turns(String check, String outcome, String run) {
        past.addAll(checks);
        checks.clear();
        checks.add(new CheckState(check, outcome, false, "high", run, "e" + run));
    }

    /** From now on the asset is configured otherwise. */
    public void configured(Asset asset, String digest) {
        digests.put(asset.id(), digest);
        looks.since.put(asset.id(), clock.instant());
    }

    public Review review(String ref) {
        return database.read(handle -> reviews.reviews().get(handle, ref));
    }

    public Review reviewOf(Asset asset) {
        return database.read(
                handle -> reviews.reviews().ofAsset(handle, asset.id()).get(0));
    }

    /** Acts on the newest review of the asset, signed in or by a link. */
    public Review act(Asset asset, Person by, Channel channel, ReviewAct act) {
        boolean link = channel == Channel.LINK;
        Actor actor = new Actor(link ? "link" : "user", by.actorRef(), link ? "link" : "password");
        return act(reviewOf(asset), actor, channel, act);
    }

    public Review act(Review review, Actor by, Channel channel, ReviewAct act) {
        return database.inTransaction(
                tx -> reviews.reviews().act(tx, review, act, TestVisitors.visitor(tx, by, channel)));
    }

    /** What a check found on an asset a minute ago; its owner is still to be told. */
    public Found finds(Asset asset, Person owner, Severity severity) {
        Found found = new Found(
                UUID.randomUUID(),
                asset.id(),
                owner.id(),
                asset.ref(),
                asset.name(),
                "telnet-open",
                "A Telnet service asks for a sign-in in the clear.",
                "",
                severity,
                clock.instant().minusSeconds(60),
                clock.instant(),
                true);
        findings.add(found);
        return found;
    }

    // ---- the database

    public void sql(String statement, Object... values) {
        database.useTransaction(tx -> tx.execute(statement, values));
    }

    public List<String> texts(String query, Object... values) {
        return database.read(
                handle -> handle.select(query, values).mapTo(String.class).list());
    }

    // ---- time

    public MailWorld after(Duration time) {
        clock.advance(time);
        return settle();
    }

    /** Up to there, a few looks a day, without an outage in between. */
    public MailWorld steps(String until) {
        Instant end = Instant.parse(until);
        while (clock.instant().isBefore(end)) {
            Instant next = clock.instant().plus(Duration.ofHours(4));
            clock.set(next.isBefore(end) ? next : end);
            sql("update reminder_clock set looked_at = ?", clock.instant().minusSeconds(60));
            settle();
        }
        return this;
    }

    /** Runs every tick until nothing is due, as a moved test clock does. */
    public MailWorld settle() {
        List<Tick> ticks = new ArrayList<>();
        inbox.ticks().stream().filter(ImapFetcher.class::isInstance).forEach(ticks::add);
        ticks.addAll(List.of(inbox.decisions(), reviews.sweep(), reminders.reminders()));
        ticks.addAll(running.ticks());
        for (int pass = 0; pass < 500; pass++) {
            int done = 0;
            for (Tick tick : ticks) {
                done += tick.settle(clock.instant());
            }
            if (done == 0) {
                return this;
            }
        }
        throw new IllegalStateException("it never settles");
    }

    /** Queues what is to be told; nothing leaves. */
    void queue() {
        while (reminders.reminders().settle(clock.instant()) > 0) {
            continue;
        }
    }

    public MailWorld at(String instant) {
        clock.set(Instant.parse(instant));
        return settle();
    }

    // ---- mails

    public List<ReceivedMail> mails() {
        return Arrays.stream(smtp.getReceivedMessages()).map(ReceivedMail::of).toList();
    }

    public List<ReceivedMail> mailsTo(Person person) {
        return mails().stream()
                .filter(received -> received.to().contains(person.email()))
                .toList();
    }

    public ReceivedMail lastTo(Person person) {
        List<ReceivedMail> all = mailsTo(person);
        return all.get(all.size() - 1);
    }

    public void forgetMails() {
        try {
            smtp.purgeEmailFromAllMailboxes();
        } catch (com.icegreen.greenmail.store.FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    /** So many mails are queued now, for the brake to count; none of them has anything left to tell when it would leave. */
    void storm(int mails, Person to) {
        database.useTransaction(tx -> IntStream.range(0, mails)
                .forEach(i -> mail.outbox()
                        .enqueue(
                                tx,
                                NewMail.toPerson(
                                        "storm:" + clock.instant() + ":" + i,
                                        "digest",
                                        MailClass.DIGEST,
                                        to.id(),
                                        "storm",
                                        to.id(),
                                        Map.of(),
                                        clock.instant()))));
    }

    // ---- answers

    /** What decides arrived messages on a second node of the same database. */
    public InboundDecisions otherDesk() {
        return nodes.get().decisions();
    }

    /** Hands a message over as a mail server's pipe does, lets everything happen that follows, and returns what was decided. */
    public InboundMail receive(String raw) {
        return receive(raw.getBytes(StandardCharsets.UTF_8));
    }

    public InboundMail receive(byte[] raw) {
        UUID id = inbox.inbox().receive(Inbox.Place.pipe(raw.length), raw).id();
        settle();
        return inbox.inbox().find(id).orElseThrow();
    }

    // ---- pages

    public record Page(int status, String body, Map<String, List<String>> headers) {
        /** The hidden field of the first form. */
        public String hidden(String name) {
            Matcher matcher =
                    Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(body);
            return matcher.find() ? matcher.group(1) : "";
        }

        /** What the page says it showed, and its nonce. */
        public Map<String, String> carried() {
            Map<String, String> carried = new HashMap<>();
            List.of("v", "n").forEach(name -> carried.put(name, hidden(name)));
            return carried;
        }

        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of(""))
                    .get(0);
        }

        /** The first address of a purpose that the page leads to. */
        public String link(char purpose) {
            return ReceivedMail.link(body, purpose);
        }

        public Map<String, String> form(String action, String... more) {
            Map<String, String> form = carried();
            form.put("action", action);
            for (int i = 0; i < more.length; i += 2) {
                form.put(more[i], more[i + 1]);
            }
            return form;
        }
    }

    public Page get(String path) {
        return send("GET", path, null, Map.of());
    }

    /** A GET by somebody signed in. */
    public Page get(String path, Role role, Person person) {
        return send("GET", path, null, Map.of(AS, role + " " + person.email()));
    }

    /** A form sent by somebody signed in. */
    public Page post(String path, Map<String, String> form, Role role, Person person) {
        Map<String, String> signed = new HashMap<>(form);
        signed.put("_csrf", SignedInByHeader.CSRF);
        return send("POST", path, signed, Map.of(AS, role + " " + person.email()));
    }

    public Page post(String path, Map<String, String> form) {
        return send("POST", path, form, Map.of());
    }

    /** Opens a page as somebody does who reads before they press. */
    public Page look(String path) {
        Page page = get(path);
        clock.advance(Duration.ofSeconds(5));
        return page;
    }

    /** Presses a button of the page after reading it. */
    public Page press(String path, String action, String... more) {
        return post(path, look(path).form(action, more));
    }

    public Page send(String method, String path, Map<String, String> form, Map<String, String> headers) {
        return calls().form(method, path, form, headers);
    }

    /** A request whose body is JSON. */
    public Page json(String method, String path, String body, Map<String, String> headers) {
        return calls().exchange(method, path, "application/json", body, headers);
    }

    public long count(String table) {
        return Sql.number(database, "select count(*) from " + table);
    }

    /** The newest record of a type, as the canonical JSON that was sealed. */
    public String recordData(String type) {
        return new String(
                database.read(handle -> handle.createQuery(
                                "select payload from evidence_record where rec_type = :type order by rec_id desc limit 1")
                        .bind("type", type)
                        .mapTo(byte[].class)
                        .one()),
                StandardCharsets.UTF_8);
    }

    public Path keyFile() {
        return home.resolve("keys/mail.key");
    }

    public MasterKeys keys() {
        return MasterKeys.open(keyFile());
    }

    @Override
    public void close() {
        if (web != null) {
            web.close();
        }
        smtp.stop();
        test.close();
    }
}
