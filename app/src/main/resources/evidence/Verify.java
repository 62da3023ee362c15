import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Verifier of a Ronde evidence bundle: java Verify.java [--require-anchor] BUNDLE VKEY [MAIL...]
 * MAIL is a file with checkpoints you were mailed, as any mail program saves it, or with a checkpoint alone.
 * BUNDLE is the ZIP or the folder it was unpacked to.
 * Needs a JDK 17 and nothing else; shares no code with Ronde, which runs this very program for {@code ronde evidence verify}.
 * Exit codes as in VERIFY.md. What it does not do it names at its end.
 */
@SuppressWarnings("DefaultPackage")
public final class Verify implements Function<Map<String, Object>, Map<String, Object>> {
    static final HexFormat HEX = HexFormat.of();

    /** The steps in the order of their exit codes, 10 more than their number, and what is true where one passes. */
    static final Map<Integer, String> STEPS = new TreeMap<>(
            Map.ofEntries(
                    Map.entry(10, "files match SHA256SUMS"),
                    Map.entry(11, "SHA256SUMS is signed by an export key of this log"),
                    Map.entry(12, "checkpoint is signed by the verifier key"),
                    Map.entry(13, "index is contiguous, and what it withholds is counted"),
                    Map.entry(14, "each line is the record sealed at its index"),
                    Map.entry(15, "range leads to the root of the checkpoint"),
                    Map.entry(16, "log extends the checkpoints you hold"),
                    Map.entry(17, "time stamps are of this log, and it is anchored and cosigned as you demand"),
                    Map.entry(18, "seals and recording times fit"),
                    Map.entry(19, "each line is canonical"),
                    Map.entry(20, "attachments and private texts match"),
                    Map.entry(21, "tables and totals follow from the records"),
                    Map.entry(23, "the bundle has a layout this program knows, and nothing beside it"),
                    Map.entry(
                            24,
                            "the whole log is here, and what is withheld lies outside the scope by its seal and the type the index says")));

    static final String BY_THE_PRODUCT =
            "not re-performed: the papers in reports/ and README.txt (the tables they sum up are); use the product for them";
    static final String BY_NOBODY =
            "not re-performed: of manifest.json requestedBy and organisation, whether sealing had stopped, and clock.test where no record says so";

    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final int code;

        /** @param message after the name of its step, where it is of one */
        Failure(int code, String message) {
            super(message.replaceFirst("^V[0-9]+ ", ""));
            this.code = code;
        }
    }

    /** The newest layout; those before it are known whole too. */
    static final long LAYOUT = 2;

    /** The files of each layout, all of them: those that a later one has beside those of the one before. */
    static final List<Set<String>> FILES = List.of(
            Set.of(("README.txt VERIFY.md manifest.json SHA256SUMS SHA256SUMS.sig keys/log.vkey keys/log.pub.pem "
                            + "keys/export.pub.pem keys/key-history.json ledger/checkpoint ledger/checkpoints.csv "
                            + "ledger/consistency.json ledger/index.csv ledger/range-proof.json data/private.jsonl "
                            + "data/records.jsonl population/assets.csv population/checks.csv population/exposure.csv "
                            + "population/expected_vs_actual.csv population/people.json population/reviews.csv "
                            + "population/waivers.csv reports/report.html tools/Verify.java")
                    .split(" ")),
            Set.of(
                    ("ledger/anchors/anchors.csv population/attestations.csv population/plans.csv population/changes.csv population/users_and_roles.csv "
                                    + "population/upcoming.csv population/exceptions.csv population/gaps.csv "
                                    + "population/completeness.csv oscal/assessment-plan.json oscal/assessment-results.json oscal/fedramp-20x.json reports/evidence.xlsx reports/report.pdf tools/verify.html tools/verify.py")
                            .split(" ")));

    /** What is never withheld from layout 2 on, whatever the scope, up to the end of the period. */
    static final Set<String> RULES =
            Set.of(("plan.created plan.changed plan.retired config.changed role.granted role.revoked "
                            + "person.deactivated token.created token.revoked probing.stopped probing.resumed")
                    .split(" "));

    /** What makes a row of changes.csv beside those. */
    static final Set<String> CHANGES =
            Set.of(("check.published check.retired waiver.requested waiver.approved waiver.denied "
                            + "waiver.expired waiver.revoked maintenance.planned maintenance.ended hold.set hold.released key.added key.compromised")
                    .split(" "));

    /** What manifest.json has, each member with a value of its kind; * stands for any number of names. */
    static final String MANIFEST = "{'asOf':{'root':'','sealedAt':'','treeSize':0},'clock':{'test':true},"
            + "'counts':{'disclosed':0,'leaves':0,'withheld':0},'demonstration':true,"
            + "'files':[{'path':'','sha256':'','size':0}],'formatVersion':1,"
            + "'language':'','omissions':[{'count':0,'what':'','why':''}],'ordering':'','organisation':'','origin':'',"
            + "'product':{'name':'','version':''},'range':{'from':0,'until':0},'requestedBy':'','rowsPerPart':0,"
            + "'scope':{'assets':[''],'frameworks':[''],'from':'','timezone':'','to':''},'texts':'','totals':{'any':0}}";

    /** What layout 1 has not. */
    static final String SINCE_2 = "'(language|organisation)':'',";

    /** Eight bytes at once, the first of them the lowest. */
    static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static final long ONES = 0x0101010101010101L;
    static final long TOPS = 0x8080808080808080L;

    /** Whether one of the eight is this byte, which is given eight times. */
    static boolean has(long eight, long wanted) {
        return is(eight ^ wanted) != 0;
    }

    /** The top bit of the first byte that is 0, and perhaps of later ones. */
    static long is(long eight) {
        return (eight - ONES) & ~eight & TOPS;
    }

    /** Types from which the state at the start of the period follows. */
    static final String STATE = "(asset|finding|waiver)\\..*|check\\.(p.*|retired)";

    /** From layout 2 on. */
    static final String KEPT = STATE + "|maintenance\\..*";

    static final Duration SKEW = Duration.ofMinutes(5);
    /** Of a file below one folder, which no program reads as another path. */
    static final Pattern PATH = Pattern.compile("(?!\\.{1,2}/)[^/\\\\]+(/(?!\\.{1,2}(/|$))[^/\\\\]+){1,3}");

    /** Of a person or a token. */
    static final Pattern REFERENCE = Pattern.compile("[pt]:[0-9a-f]{16}");

    final String vkey;
    final MessageDigest digest = sha256();
    final TreeSet<Integer> passed = new TreeSet<>();
    final TreeMap<Integer, List<String>> warnings = new TreeMap<>();
    /** Failures that do not keep later lines from being read, by their step. */
    final TreeMap<Integer, List<String>> found = new TreeMap<>();

    /** The complete trees at the edge of the log, largest first: of what lies before the range, then of the leaves read so far too. */
    final List<byte[]> edge = new ArrayList<>();

    final TreeMap<String, Long> totals = new TreeMap<>();
    /** Records of the period, by their type, and runs among them, by their outcome. */
    final Map<String, long[]> types = new HashMap<>();

    final Map<String, long[]> outcomes = new HashMap<>();
    final TreeMap<String, String> sums = new TreeMap<>();
    final TreeMap<String, Long> months = new TreeMap<>();
    final TreeMap<String, Long> reasons = new TreeMap<>();
    final TreeMap<Long, byte[]> held = new TreeMap<>();
    /** By the size they lead to: the proofs that checkpoints which are newer than the bundle extend it. */
    final Map<Long, List<byte[]>> bridges = new HashMap<>();

    /** Who holds the checkpoint of a size, and since when; of the day the log says where the holder says none. */
    final TreeMap<Long, String[]> holders = new TreeMap<>();

    /** How many of the first records nobody can have rewritten since. */
    long anchored;

    String[] anchor = new String[2];
    boolean requireAnchor;
    /** Those that the log announced. */
    final List<String> logKeys = new ArrayList<>();

    /** So many records must be anchored, as another may have had the key. */
    long doubtful;

    List<String> witnesses = List.of();
    /** How many of them must have cosigned the checkpoint. */
    int requireWitnesses;
    /** Whether you gave a checkpoint. */
    boolean given;

    /** Places from and until whose payload is purged, and erased texts with their marks, by the index of the record that must say so. */
    final TreeMap<Long, List<long[]>> purged = new TreeMap<>();

    final TreeMap<Long, Map<String, String>> erased = new TreeMap<>();
    long gone;
    /** Roots that were stamped and are still to be met in the log; when each was stamped; and those whose signer is trusted, by their day. */
    final TreeMap<Long, byte[]> stamped = new TreeMap<>();

    final Map<Long, Instant> stampTimes = new HashMap<>();
    final TreeMap<Long, String> trusted = new TreeMap<>();
    /** Says why an answer is not one of a trusted authority, empty where it is; null where nobody can. */
    Function<byte[], String> stampCheck;

    Path dir;
    Map<?, ?> manifest = Map.of();
    long layout = LAYOUT;
    String withheld = "";
    String sealedAt = "";
    String checkpoints = "";
    long size;
    byte[] root = new byte[0];
    String origin = "";
    boolean clockMoved;
    BiConsumer<Map<String, String>, Map<?, ?>> begin = (people, manifest) -> {};
    BiConsumer<Map.Entry<Long, Map<?, ?>>, Map<String, String>> record = (place, texts) -> {};
    Function<Path, Map<String, List<String>>> end = folder -> Map.of();

    /** For {@link #apply}. */
    public Verify() {
        this(Path.of(""), "");
    }

    Verify(Path dir, String vkey) {
        this.dir = dir.toAbsolutePath().normalize();
        this.vkey = vkey.strip();
        for (String name : ("check_runs check_runs.pass check_runs.fail check_runs.error check_runs.unknown "
                        + "check_runs.not_applicable runs_missed reviews_attested reviews_missed findings_opened "
                        + "findings_fixed records")
                .split(" ")) {
            totals.put(name, 0L);
        }
    }

    @SuppressWarnings("unchecked")
    public static void main(String[] args) {
        List<String> given = new ArrayList<>(Arrays.asList(args));
        boolean requireAnchor = given.remove("--require-anchor");
        List<String> witnesses = option(given, "--witness");
        List<String> required = option(given, "--require-witnesses");
        List<String> vkey = option(given, "--vkey");
        given.addAll(Math.min(1, given.size()), vkey);
        given.addAll(option(given, "--checkpoint"));
        if (given.size() < 2
                || given.stream().anyMatch(argument -> argument.startsWith("--"))
                || !String.join("", required).matches("[0-9]{0,4}")) {
            System.err.println(
                    "usage: java Verify.java [--require-anchor] [--witness VKEY]... [--require-witnesses K] BUNDLE VKEY [MAIL...]");
            System.exit(2);
        }
        Verify verify = new Verify(Path.of(given.get(0)), given.get(1));
        verify.requireAnchor = requireAnchor;
        verify.witnesses = witnesses;
        verify.requireWitnesses = required.isEmpty() ? 0 : Integer.parseInt(required.get(0));
        Map<String, Object> report = verify.report(given.subList(2, given.size()), false);
        List<String> lines = new ArrayList<>((List<String>) report.get("lines"));
        lines.addAll(lines.size() - 1, List.of(BY_THE_PRODUCT, BY_NOBODY));
        lines.forEach(System.out::println);
        System.exit((Integer) report.get("exit_code"));
    }

    /** Takes an option out of the arguments wherever it stands, each time with its value. */
    static List<String> option(List<String> given, String option) {
        List<String> values = new ArrayList<>();
        for (int at = given.indexOf(option); at >= 0 && at + 1 < given.size(); at = given.indexOf(option)) {
            given.remove(at);
            values.add(given.remove(at));
        }
        return values;
    }

    /**
     * As the product calls it.
     *
     * @param request {@code bundle}, a path; {@code vkey}, empty to believe the bundle, with a warning; {@code checkpoints}, names of files;
     *     {@code strict}, whether warnings count; {@code requireAnchor}, whether all records must be anchored; {@code witnesses}, their vkeys, and {@code requireWitnesses}, how many of them must have cosigned;
     *     {@code stampCheck}, or null, says of an answer with a time stamp why it is not to be trusted; and what goes on beside: {@code begin} takes the names of people and manifest.json,
     *     {@code record} each index with its record, which it may read but not keep, and its texts, {@code end} the folder of a bundle that is good so far, and returns failures
     *     and warnings: {@code FAIL 21} or {@code WARN 19} to a list of sentences
     * @return {@code exit_code}, {@code lines} for people, {@code about}, and {@code steps}; for {@code held}, the name of a file, only
     *     {@code notes}, those it holds
     */
    @Override
    @SuppressWarnings("unchecked")
    public Map<String, Object> apply(Map<String, Object> request) {
        if (request.get("held") instanceof String file) {
            return Map.of("notes", List.copyOf(new Notes(file).found.keySet()));
        }
        Verify verify = new Verify((Path) request.get("bundle"), (String) request.get("vkey"));
        verify.requireAnchor = (Boolean) request.get("requireAnchor");
        verify.witnesses = (List<String>) request.get("witnesses");
        verify.requireWitnesses = (Integer) request.get("requireWitnesses");
        verify.stampCheck = (Function<byte[], String>) request.get("stampCheck");
        verify.begin = (BiConsumer<Map<String, String>, Map<?, ?>>) request.get("begin");
        verify.record = (BiConsumer<Map.Entry<Long, Map<?, ?>>, Map<String, String>>) request.get("record");
        verify.end = (Function<Path, Map<String, List<String>>>) request.get("end");
        return verify.report((List<String>) request.get("checkpoints"), (Boolean) request.get("strict"));
    }

    Map<String, Object> report(List<String> files, boolean strict) {
        given = !files.isEmpty();
        TreeMap<Integer, List<String>> failures = new TreeMap<>();
        String verdict = "VERIFIED";
        int code = 0;
        try {
            all(
                    files,
                    dir -> end.apply(dir).forEach((kind, texts) -> {
                        int step = Integer.parseInt(kind.substring(5));
                        (kind.startsWith("FAIL") ? failures : warnings)
                                .computeIfAbsent(step, key -> new ArrayList<>())
                                .addAll(texts);
                    }));
        } catch (Failure e) {
            code = e.code;
            if (code >= 10) {
                List<String> texts = new ArrayList<>(found.getOrDefault(code, List.of()));
                if (!texts.contains(e.getMessage())) {
                    texts.add(0, e.getMessage());
                }
                failures.put(code, texts);
            } else {
                verdict = (code == 1 ? "UNREADABLE: " : "") + e.getMessage();
            }
        } catch (OutOfMemoryError e) {
            verdict = "UNREADABLE with this little memory: give it more, java -Xmx4g Verify.java ...";
            code = 1;
        } catch (StackOverflowError e) {
            verdict = "UNREADABLE: a JSON document is nested deeper than any that Ronde writes";
            code = 1;
        } catch (Exception e) {
            verdict = "UNREADABLE: a file is not of the form that Ronde writes (" + e + ")";
            code = 1;
        }
        TreeMap<Integer, List<String>> bad = new TreeMap<>(strict ? warnings : Map.of());
        bad.putAll(failures);
        if (code == 0 && bad.isEmpty() && anchored < size) {
            verdict = anchored == 0 ? "VERIFIED, NOT ANCHORED" : "VERIFIED, ANCHORED TO " + anchored + " OF " + size;
            if (requireAnchor) {
                failures.put(17, List.of("not all records are anchored, and you demand it"));
                bad.putAll(failures);
            }
        }
        if (code != 1 && code != 2 && !bad.isEmpty()) {
            code = bad.firstKey();
            verdict = "NOT VERIFIED, exit code " + code + ": V" + (code - 10) + " "
                    + bad.get(code).get(0);
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("exit_code", code);
        report.put("about", about());
        List<Map<String, Object>> steps = steps(failures);
        report.put("steps", code == 1 || code == 2 ? List.of() : steps);
        List<String> lines = new ArrayList<>();
        if (code != 1 && code != 2) {
            describe(lines);
            steps.forEach(step -> describe(step, lines));
        }
        lines.add(verdict);
        report.put("lines", lines);
        return report;
    }

    List<Map<String, Object>> steps(TreeMap<Integer, List<String>> failures) {
        List<Map<String, Object>> steps = new ArrayList<>();
        STEPS.forEach((number, claim) -> {
            Map<String, Object> step = new LinkedHashMap<>();
            step.put("step", "V" + (number - 10));
            String state = failures.containsKey(number) ? "failed" : passed.contains(number) ? "ok" : "skipped";
            String ungiven = state.equals("ok") ? ungiven(number) : "";
            step.put("state", ungiven.startsWith("no ") ? "not_given" : state);
            step.put("claim", ungiven.isEmpty() ? claim : ungiven);
            step.put("failures", failures.getOrDefault(number, List.of()));
            step.put("warnings", warnings.getOrDefault(number, List.of()));
            steps.add(step);
        });
        return steps;
    }

    /** What is true of a step instead of its claim where you gave it nothing to go by; it begins with "no" where it had nothing to do. */
    String ungiven(int step) {
        if (step == 16 && !given) {
            return "no checkpoint of yours was given";
        }
        if (step == 17 && !requireAnchor && requireWitnesses == 0) {
            return (stampTimes.isEmpty() ? "no time stamp is in this bundle" : "time stamps are of this log")
                    + ", and you demand no anchor and no witness";
        }
        return "";
    }

    /** What the bundle says of itself; empty where manifest.json is none. */
    Map<String, Object> about() {
        Map<String, Object> about = new LinkedHashMap<>();
        if (passed.contains(23)) {
            about.put("log", manifest.get("origin"));
            about.put("period", manifest.get("scope"));
            Map<Object, Object> records = new TreeMap<>((Map<?, ?>) manifest.get("range"));
            records.put("size", size);
            about.put("records", records);
            about.put("counts", manifest.get("counts"));
            about.put("withheld", manifest.get("omissions"));
            about.put("withheld_by_month", months);
            Map<String, Object> reach = new LinkedHashMap<>();
            reach.put("records", anchored);
            reach.put("of", size);
            if (anchored > 0) {
                reach.put("by", anchor[0]);
                reach.put("on", anchor[1]);
            }
            about.put("anchored", reach);
        }
        return about;
    }

    void describe(List<String> lines) {
        if (size > 0) {
            lines.add("anchored to " + anchored + " of " + size + " records"
                    + (anchor[0] == null ? "" : " by " + anchor[0])
                    + (anchor[1] == null ? "" : " on " + anchor[1]));
        }
        if (!withheld.isEmpty()) {
            lines.add(withheld);
        }
        if (passed.contains(23)) {
            Map<?, ?> scope = (Map<?, ?>) manifest.get("scope");
            Map<?, ?> range = (Map<?, ?>) manifest.get("range");
            lines.add("log      " + manifest.get("origin"));
            if (origin.equals("demonstration.invalid/ronde")) {
                lines.add("         DEMONSTRATION: the estate, its people and its history are invented");
            }
            lines.add("period   " + scope.get("from") + " to " + scope.get("to") + " UTC, frameworks "
                    + scope.get("frameworks") + ", assets " + scope.get("assets"));
            lines.add("records  " + range.get("from") + " to " + range.get("until") + " of " + size + ", counts "
                    + manifest.get("counts"));
            ((List<?>) manifest.get("omissions")).forEach(omission -> lines.add("withheld " + omission));
            lines.add("root     " + HEX.formatHex(root));
        }
    }

    static void describe(Map<String, Object> step, List<String> lines) {
        Map<?, ?> words = Map.of("failed", "FAIL  ", "ok", "ok    ", "skipped", "skip  ", "not_given", "--    ");
        lines.add(words.get(step.get("state")) + String.format("%-4s", step.get("step")) + step.get("claim"));
        few((List<?>) step.get("failures"), "        ", lines);
        few((List<?>) step.get("warnings"), "      WARNING ", lines);
    }

    static void few(List<?> messages, String before, List<String> lines) {
        messages.stream().limit(5).forEach(message -> lines.add(before + message));
        if (messages.size() > 5) {
            lines.add(before + "and " + (messages.size() - 5) + " more");
        }
    }

    void warn(int step, String text) {
        warnings.computeIfAbsent(step, key -> new ArrayList<>()).add(text);
    }

    void fault(int step, String text) {
        found.computeIfAbsent(step, key -> new ArrayList<>()).add(text);
    }

    /** The steps of these codes are good, unless something was found that did not stop the reading. */
    void done(Integer... codes) {
        for (Integer code : codes) {
            if (found.containsKey(code)) {
                throw new Failure(code, found.get(code).get(0));
            }
            passed.add(code);
        }
    }

    void all(List<String> files, Consumer<Path> more) throws Exception {
        if (!vkey.isEmpty()) {
            key(vkey, NOTE);
        }
        TreeSet<String> distinct = new TreeSet<>();
        for (String witness : witnesses) {
            distinct.add(tail(key(witness, COSIGNATURE)));
        }
        if (distinct.size() < requireWitnesses) {
            throw new Failure(2, "You require " + requireWitnesses + " witnesses and name " + distinct.size());
        }
        if (Files.isDirectory(dir)) {
            steps(files, more);
            return;
        }
        if (!Files.exists(dir)) {
            throw new Failure(1, "there is no " + dir + ": name a bundle, or the folder it was unpacked into");
        }
        zip(dir);
        try (FileSystem zip = FileSystems.newFileSystem(dir)) {
            try (Stream<Path> tops = Files.list(zip.getPath("/"))) {
                List<Path> top = tops.toList();
                if (top.size() != 1 || !Files.isDirectory(top.get(0))) {
                    throw new Failure(23, "V13 the ZIP has not one top folder but " + top);
                }
                dir = top.get(0);
            }
            steps(files, more);
        }
    }

    void steps(List<String> files, Consumer<Path> more) throws Exception {
        sums();
        done(10);
        layout();
        done(23);
        checkpointBody();
        byte[] key = form(11, "keys/export.pub.pem", this::exportKey);
        form(11, "keys/key-history.json", () -> announced(key));
        done(11);
        form(12, "keys/key-history.json", this::logKeys);
        ownKey();
        if (vkey.isEmpty()) {
            warn(
                    12,
                    "UNTRUSTED KEY: no verifier key was given, so the key of the bundle itself was used; whoever made the bundle could have made the key");
        }
        done(12);
        if (Boolean.TRUE.equals(((Map<?, ?>) manifest.get("clock")).get("test"))) {
            warn(18, "TEST CLOCK: the times in this bundle come from a moved clock");
        }
        hold(files);
        witnesses();
        if (layout > 1) {
            stamps();
        }
        try (Contents contents = new Contents()) {
            records(contents);
            done(13, 14);
            range();
            done(15);
            anchors();
            done(16, 17, 18, 19);
            contents.end();
        }
        done(20);
        figures();
        done(21);
        Map<?, ?> proof = proof();
        if (!proof.get("a").equals(0L) || !proof.get("b").equals(size)) {
            throw new Failure(
                    24,
                    "V14 the bundle has the places from " + proof.get("a") + " to " + proof.get("b")
                            + ", the log has those from 0 to " + size + ": export it again, whole");
        }
        done(24);
        more.accept(dir);
    }

    /** The key the bundle shows must be the one you gave in all but words; a broken one is the bundle's fault, not yours. */
    void ownKey() throws Exception {
        String shown = text("keys/log.vkey");
        byte[] typed = form(12, "keys/log.vkey", () -> key(shown, NOTE));
        boolean same =
                form(12, "keys/log.pub.pem", () -> tail(pem("keys/log.pub.pem")).equals(tail(typed)));
        if (!same) {
            throw new Failure(12, "V2 keys/log.pub.pem is another key than keys/log.vkey");
        }
        if (!signed(text("ledger/checkpoint"), shown)) {
            throw new Failure(12, "V2 the checkpoint is not signed by keys/log.vkey");
        }
    }

    byte[] pem(String path) throws IOException {
        return Base64.getDecoder().decode(text(path).replaceAll("-----[^-]+-----|\\s", ""));
    }

    static String tail(byte[] key) {
        return HEX.formatHex(key, Math.max(0, key.length - 32), key.length);
    }

    // V0
    void sums() throws Exception {
        for (String line : text("SHA256SUMS").split("\n")) {
            if (!line.matches("[0-9a-f]{64} [ *].+") || sums.put(line.substring(66), line.substring(0, 64)) != null) {
                throw new Failure(10, "V0 not a line of SHA256SUMS, or listed twice: " + line);
            }
            String path = line.substring(66);
            Path file = dir.resolve(path).normalize();
            if (!file.startsWith(dir)
                    || !Files.isRegularFile(file)
                    || !hex(file).equals(line.substring(0, 64))) {
                throw new Failure(10, "V0 " + path + " is missing or was changed");
            }
        }
    }

    // V13: the files and the members of manifest.json are those of its layout, no more and no less
    void layout() throws Exception {
        manifest = form(23, "manifest.json", () -> (Map<?, ?>) Json.of(text("manifest.json")));
        if (!text("manifest.json").endsWith("\n")) {
            throw new Failure(23, "V13 manifest.json is not of the form that Ronde writes: its last line has no end");
        }
        if (manifest.get("formatVersion") instanceof Long version) {
            if (version < 1 || version > LAYOUT) {
                throw new Failure(
                        23, "V13 the bundle has layout " + version + ", this program knows layouts 1 to " + LAYOUT);
            }
            layout = version;
        }
        Set<String> known = new TreeSet<>();
        FILES.subList(0, (int) layout).forEach(known::addAll);
        TreeSet<String> missing = new TreeSet<>(known);
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                String path = dir.relativize(file)
                        .toString()
                        .replace(dir.getFileSystem().getSeparator(), "/");
                String whole = path.matches(".*\\.part(?!0000|0001)([0-9]{4}|[1-9][0-9]{4,8})")
                                && path.matches("(ledger/index|population/[a-z_]+)\\.csv\\..*|data/[a-z]+\\.jsonl\\..*")
                        ? path.substring(0, path.lastIndexOf(".part"))
                        : path;
                boolean stamp = layout > 1 && path.matches("ledger/anchors/[0-9-]{10}_n[0-9]{1,18}\\.(note|tsq|tsr)");
                boolean sample = layout > 1 && path.matches("samples/[a-z_]+-[0-9a-f]{8}\\.(csv|json)");
                if (!known.contains(whole)
                        && !stamp
                        && !sample
                        && !path.matches("data/blobs/[0-9a-f]{64}\\.[a-z]{3,4}")) {
                    throw new Failure(23, "V13 " + path + " is not a file of layout " + layout);
                }
                if (!sums.containsKey(path) && !path.startsWith("SHA256SUMS")) {
                    throw new Failure(23, "V13 " + path + " is not listed in SHA256SUMS");
                }
                missing.remove(path);
            }
        }
        if (!missing.isEmpty()) {
            throw new Failure(
                    23, "V13 This bundle lacks these files of layout " + layout + ": " + String.join(", ", missing));
        }
        compare("", Json.of(MANIFEST.replaceAll(layout > 1 ? "$^" : SINCE_2, "").replace('\'', '"')), manifest);
        if ((Long) manifest.get("rowsPerPart") < 1) {
            throw new Failure(23, "V13 manifest.json: rowsPerPart is less than 1");
        }
    }

    void compare(String name, Object shape, Object found) {
        if (shape instanceof Map<?, ?> members && found instanceof Map<?, ?> map) {
            Object any = members.get("any");
            TreeSet<Object> names = new TreeSet<>(map.keySet());
            names.addAll(any == null ? members.keySet() : Set.of());
            for (Object member : names) {
                Object wanted = any == null ? members.get(member) : any;
                if (wanted == null || !map.containsKey(member)) {
                    throw new Failure(
                            23,
                            "V13 manifest.json " + (wanted == null ? "has " : "lacks ") + name + member
                                    + ", which layout " + layout
                                    + (wanted == null ? " does not have" : " has")
                                    + ": a bundle written before layout 1 must be exported again");
                }
                compare(name + member + ".", wanted, map.get(member));
            }
        } else if (shape instanceof List<?> items && found instanceof List<?> list) {
            list.forEach(item -> compare(name, items.get(0), item));
        } else if (!shape.getClass().equals(found.getClass())) {
            throw new Failure(
                    23, "V13 manifest.json: " + name + " is of another kind than in layout " + layout + ": " + found);
        }
    }

    /** One entry behind the other, one directory of them, its end, and nothing more: in any other ZIP two programs see two things. */
    static void zip(Path path) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(path)) {
            long end = file.size() - 22;
            if (end < 0
                    || (bytes(file, 0, 4).getShort(0) != 0x4b50
                            && bytes(file, end, 22).getInt(0) != 0x06054b50)) {
                throw new Failure(1, path + " is neither a folder nor a ZIP");
            }
            ByteBuffer tail = bytes(file, end, 22);
            sound(tail.getInt(0) == 0x06054b50 && tail.getShort(20) == 0, "something stands behind its directory");
            long count = tail.getShort(10) & 0xffff;
            long length = number(tail, 12);
            long start = number(tail, 16);
            if (count == 0xffff || length == 0xffffffffL || start == 0xffffffffL) {
                end -= 76;
                ByteBuffer large = bytes(file, end, 76);
                boolean placed = large.getInt(0) == 0x06064b50 && large.getInt(56) == 0x07064b50;
                sound(placed && large.getLong(64) == end, "its end is not where its directory ends");
                count = large.getLong(32);
                length = large.getLong(40);
                start = large.getLong(48);
            }
            sound(start + length == end, "its directory does not reach to its end");
            ByteBuffer all = bytes(file, start, Math.toIntExact(length));
            TreeSet<String> names = new TreeSet<>();
            long at = 0;
            while (all.hasRemaining()) {
                ByteBuffer head = all.slice().order(ByteOrder.LITTLE_ENDIAN);
                int nameLength = head.getShort(28) & 0xffff;
                String name = new String(head.array(), head.arrayOffset() + 46, nameLength, StandardCharsets.UTF_8);
                sound(names.add(name), name + " is there twice");
                sound(
                        PATH.matcher(name).matches(),
                        name + " is a folder or no plain path, and Ronde lists files alone");
                long[] numbers = {number(head, 24), number(head, 20), number(head, 42)};
                boolean large = numbers[0] == 0xffffffffL || numbers[1] == 0xffffffffL;
                int extraLength = head.getShort(30) & 0xffff;
                large(head, 46 + nameLength, extraLength, name, numbers);
                ByteBuffer local = bytes(file, at, 30);
                int localName = local.getShort(26) & 0xffff;
                boolean same = numbers[2] == at
                        && head.getInt(0) == 0x02014b50
                        && local.getInt(0) == 0x04034b50
                        && local.getInt(6) == head.getInt(8)
                        && name.equals(
                                new String(bytes(file, at + 30, localName).array(), StandardCharsets.UTF_8));
                sound(same && head.getShort(32) == 0, "at byte " + at + " stands something else than " + name);
                int localExtra = local.getShort(28) & 0xffff;
                long[] sizes = {number(local, 22), number(local, 18)};
                large(bytes(file, at + 30 + localName, localExtra), 0, localExtra, name, sizes);
                boolean behind = (head.getShort(8) & 8) != 0;
                long[] expected = behind ? new long[2] : Arrays.copyOf(numbers, 2);
                sound(
                        Arrays.equals(sizes, expected) && local.getInt(14) == (behind ? 0 : head.getInt(16)),
                        "at byte " + at + " it has another length or checksum than its directory says of " + name);
                at += 30L + localName + localExtra + numbers[1];
                if (behind) {
                    ByteBuffer descriptor = bytes(file, at, large ? 24 : 16);
                    sound(
                            descriptor.getInt(0) == 0x08074b50 && descriptor.getInt(4) == head.getInt(16),
                            name + " does not end where its directory says");
                    at += descriptor.limit();
                }
                all.position(all.position() + 46 + nameLength + extraLength);
            }
            sound(names.size() == count && at == start, "something stands between its entries and its directory");
        } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            throw new Failure(23, "V13 the ZIP is not one that Ronde wrote: its directory is broken");
        }
    }

    /** There may be one extra field, with the numbers that are too long for their place, and only where there are such. */
    static void large(ByteBuffer bytes, int at, int length, String name, long[] numbers) {
        int end = at + 4;
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] == 0xffffffffL) {
                numbers[i] = bytes.getLong(end);
                end += 8;
            }
        }
        boolean none = end == at + 4;
        sound(
                none
                        ? length == 0
                        : end == at + length && bytes.getShort(at) == 1 && bytes.getShort(at + 2) == length - 4,
                name + " has an extra field, and Ronde writes none but for large files");
    }

    static long number(ByteBuffer bytes, int at) {
        return bytes.getInt(at) & 0xffffffffL;
    }

    static ByteBuffer bytes(SeekableByteChannel file, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        file.position(from);
        while (bytes.hasRemaining()) {
            sound(file.read(bytes) >= 0, "it breaks off");
        }
        return bytes.flip();
    }

    static void sound(boolean fits, String otherwise) {
        if (!fits) {
            throw new Failure(23, "V13 the ZIP is not one that Ronde wrote: " + otherwise);
        }
    }

    void checkpointBody() throws IOException {
        String note = text("ledger/checkpoint");
        if (!note.matches(
                "[^\\s+\\p{Cntrl}]{1,200}\n(0|[1-9][0-9]{0,17})\n[A-Za-z0-9+/]{43}=\n\n(\u2014 \\S+ [A-Za-z0-9+/=]+\n)+")) {
            throw new Failure(12, "V2 ledger/checkpoint is none: origin, size, root, an empty line, signatures");
        }
        String[] lines = note.split("\n");
        origin = lines[0];
        size = Long.parseLong(lines[1]);
        root = Base64.getDecoder().decode(lines[2]);
    }

    // V1
    byte[] exportKey() throws Exception {
        byte[] spki = pem("keys/export.pub.pem");
        byte[] key = Arrays.copyOfRange(spki, 12, spki.length);
        byte[] sums = Files.readAllBytes(dir.resolve("SHA256SUMS"));
        if (!ed25519(key, sums, Files.readAllBytes(dir.resolve("SHA256SUMS.sig")))) {
            throw new Failure(11, "V1 SHA256SUMS is not signed by keys/export.pub.pem");
        }
        return key;
    }

    boolean announced(byte[] key) throws Exception {
        for (Object item : (List<?>) Json.of(text("keys/key-history.json"))) {
            Map<?, ?> entry = (Map<?, ?>) item;
            String record = (String) entry.get("record");
            Map<?, ?> announced = (Map<?, ?>) Json.of(record);
            if (!"key.added".equals(announced.get("type"))) {
                continue;
            }
            Map<?, ?> data = (Map<?, ?>) announced.get("data");
            if (!"export".equals(data.get("purpose"))) {
                continue;
            }
            String[] parts = ((String) data.get("vkey")).split("\\+", 3);
            byte[] typed = Base64.getDecoder().decode(parts[2]);
            if (Arrays.equals(key, Arrays.copyOfRange(typed, 1, 33))
                    && included(
                            leaf(record.getBytes(StandardCharsets.UTF_8)),
                            (Long) entry.get("index"),
                            size,
                            hashes(entry.get("proof")))) {
                return true;
            }
        }
        throw new Failure(11, "V1 keys/export.pub.pem is not a key that this log announced");
    }

    /**
     * V2: the keys of the log. The checkpoint is signed by the one you gave, or by one that took its place: the log announced that one, and the
     * one before signed a checkpoint with that announcement in it.
     */
    boolean logKeys() throws Exception {
        String signer = vkey;
        for (Object item : (List<?>) Json.of(text("keys/key-history.json"))) {
            Map<?, ?> entry = (Map<?, ?>) item;
            String record = (String) entry.get("record");
            Map<?, ?> data = (Map<?, ?>) ((Map<?, ?>) Json.of(record)).get("data");
            long index = (Long) entry.get("index");
            if (!"log".equals(data.get("purpose"))
                    || !included(
                            leaf(record.getBytes(StandardCharsets.UTF_8)), index, size, hashes(entry.get("proof")))) {
                continue;
            }
            String key = (String) data.get("vkey");
            logKeys.add(key);
            if (signer.equals(data.get("replaces")) && !signed(text("ledger/checkpoint"), signer)) {
                String note = (String) entry.get("checkpoint");
                String[] lines = note.split("\n");
                long records = Long.parseLong(lines[1]);
                if (!signed(note, signer) || records <= index || records > size) {
                    throw new Failure(12, "V2 " + signer + " has not signed that " + key + " takes its place");
                }
                held.put(records, Base64.getDecoder().decode(lines[2]));
                signer = key;
            }
        }
        if (!signer.isEmpty() && !signed(text("ledger/checkpoint"), signer)) {
            throw new Failure(12, "V2 the checkpoint is not signed by the verifier key you gave");
        }
        return true;
    }

    /** Whether a note is signed by the key you gave or by another of this log; without one, by the one the bundle shows. */
    boolean ofThisLog(String note) throws Exception {
        if (signed(note, vkey.isEmpty() ? text("keys/log.vkey") : vkey)) {
            return true;
        }
        for (String key : logKeys) {
            if (signed(note, key)) {
                return true;
            }
        }
        return false;
    }

    /** What a reading of this file gives; whatever is wrong with its form is a failure of the step. */
    static <T> T form(int code, String path, Callable<T> reading) throws Exception {
        try {
            return reading.call();
        } catch (RuntimeException | GeneralSecurityException | CharacterCodingException e) {
            if (e instanceof Failure failure && failure.code == code) {
                throw failure;
            }
            String why = e instanceof Failure ? e.getMessage() : e.toString();
            throw new Failure(code, path + " is not of the form that Ronde writes: " + why);
        }
    }

    boolean included(byte[] leaf, long index, long n, List<byte[]> proof) throws Exception {
        byte[] hash = leaf;
        long at = index;
        long last = n - 1;
        for (byte[] sibling : proof) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                hash = node(sibling, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = node(hash, sibling);
            }
            at >>>= 1;
            last >>>= 1;
        }
        return last == 0 && index < n && Arrays.equals(hash, root);
    }

    /** What a key signs: notes, or as a witness the time too at which it saw one. */
    static final int NOTE = 1;

    static final int COSIGNATURE = 4;

    /** The algorithm and the key of a vkey, whose id must belong to it. */
    static byte[] key(String vkey, int type) throws Exception {
        String[] parts = vkey.strip().split("\\+", 3);
        try {
            byte[] typed = Base64.getDecoder().decode(parts[2]);
            MessageDigest digest = sha256();
            digest.update((parts[0] + "\n").getBytes(StandardCharsets.UTF_8));
            byte[] id = Arrays.copyOf(digest.digest(typed), 4);
            if (typed.length == 33 && typed[0] == type && HEX.formatHex(id).equals(parts[1])) {
                return typed;
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // Not even of its form: mistyped as well.
        }
        throw new Failure(
                2,
                "The verifier key is mistyped, as its id does not belong to it: take it as a whole, NAME+ID+BASE64 without blanks.");
    }

    // V2: C2SP signed note under a vkey
    static boolean signed(String note, String vkey) throws Exception {
        byte[] typed = key(vkey, NOTE);
        String[] parts = vkey.strip().split("\\+", 3);
        byte[] id = HEX.parseHex(parts[1]);
        int gap = note.indexOf("\n\n");
        if (gap < 0) {
            throw new Failure(12, "V2 not a signed note");
        }
        byte[] body = note.substring(0, gap + 1).getBytes(StandardCharsets.UTF_8);
        boolean named = note.startsWith(parts[0] + "\n");
        for (String line : note.substring(gap + 2).split("\n")) {
            String[] words = line.split(" ");
            if (!named || words.length != 3 || !words[2].matches("[A-Za-z0-9+/]{91}=") || !words[1].equals(parts[0])) {
                continue;
            }
            byte[] both = Base64.getDecoder().decode(words[2]);
            if (Arrays.equals(id, Arrays.copyOf(both, 4))
                    && ed25519(Arrays.copyOfRange(typed, 1, 33), body, Arrays.copyOfRange(both, 4, 68))) {
                return true;
            }
        }
        return false;
    }

    /** The proof, whose numbers and hashes are of their form. */
    Map<?, ?> proof() throws Exception {
        return form(15, "ledger/range-proof.json", () -> {
            Map<?, ?> proof = (Map<?, ?>) Json.of(text("ledger/range-proof.json"));
            for (String number : List.of("n", "a", "b")) {
                if (!(proof.get(number) instanceof Long)) {
                    throw new IllegalArgumentException("no number under " + number);
                }
            }
            if (hashes(proof.get("left")).size() != Long.bitCount((Long) proof.get("a"))) {
                throw new IllegalArgumentException("it has not one hash for each complete tree before the range");
            }
            hashes(proof.get("right"));
            return proof;
        });
    }

    // V3, V4, V9
    void records(Contents contents) throws Exception {
        Map<?, ?> range = (Map<?, ?>) manifest.get("range");
        long from = (Long) range.get("from");
        long until = (Long) range.get("until");
        Map<?, ?> scope = (Map<?, ?>) manifest.get("scope");
        Instant first = Instant.parse(scope.get("from") + "T00:00:00Z");
        Instant end = Instant.parse(scope.get("to") + "T00:00:00Z").plusSeconds(86_400);
        Map<?, ?> proof = proof();
        if (!proof.get("a").equals(from) || !proof.get("b").equals(until)) {
            throw new Failure(
                    13,
                    "V3 manifest.json says the range is from " + from + " to " + until + ", the proof is for "
                            + proof.get("a") + " to " + proof.get("b"));
        }
        long line = 0;
        long index = from;
        edge.addAll(hashes(proof.get("left")));
        MessageDigest table = sha256();
        table.update("size,root,sealed_at\n".getBytes(StandardCharsets.UTF_8));
        Instant emptied = Instant.EPOCH;
        Seals seals = new Seals(from);
        Map<Long, String> waiting = new LinkedHashMap<>();
        Json json = new Json();
        String type = "";
        byte[] typed = {};
        try (Parts rows = new Parts("ledger/index.csv");
                Parts lines = new Parts("data/records.jsonl")) {
            if (!rows.next() || !"index,leaf_hash,rec_type,line".equals(rows.text())) {
                throw new Failure(13, "V3 ledger/index.csv has another header");
            }
            while (rows.next()) {
                int digits = rows.behind(rows.from, index) + 1;
                int comma = digits + 64;
                boolean placed = digits > 0 && comma < rows.to && rows.bytes[digits - 1] == ',';
                byte[] hash = placed && rows.bytes[comma] == ',' ? hash(rows.bytes, digits) : null;
                int last = comma + 1 + typed.length;
                boolean same = last < rows.to && rows.bytes[last] == ',' && last > comma + 1;
                if (hash == null || !same || !Arrays.equals(typed, 0, typed.length, rows.bytes, comma + 1, last)) {
                    last = rows.comma(comma + 1);
                    if (hash == null || last == comma + 1 || last == rows.to) {
                        throw new Failure(13, "V3 index " + index + " is missing or doubled");
                    }
                    typed = Arrays.copyOfRange(rows.bytes, comma + 1, last);
                    type = new String(typed, StandardCharsets.UTF_8);
                }
                grow(index, hash);
                contents.counts.add(type, last < rows.to - 1);
                if (held.containsKey(index + 1) && !Arrays.equals(held.remove(index + 1), top())) {
                    fault(
                            16,
                            "at " + (index + 1)
                                    + " records the log of this bundle has another root than your checkpoint");
                }
                if (stamped.containsKey(index + 1) && !Arrays.equals(stamped.remove(index + 1), top())) {
                    fault(
                            17,
                            "at " + (index + 1)
                                    + " records the log of this bundle has another root than the one that was stamped");
                }
                if (last == rows.to - 1) {
                    if (!type.matches("[a-z]+\\.[a-z]+(-[a-z]+)*")) {
                        throw new Failure(13, "V3 index " + index + " names no type of record");
                    }
                    waiting.put(index, type);
                } else if (layout > 1 && rows.bytes[last + 1] == 'p') {
                    purged(index, type, rows.text().substring(last + 1 - rows.from));
                    contents.counts.purged(type);
                    if (contents.attestations != null) {
                        contents.attestations.named.remove(index);
                    }
                } else {
                    line++;
                    if (rows.behind(last + 1, line) != rows.to) {
                        if (rows.comma(last + 1) < rows.to) {
                            throw new Failure(13, "V3 index " + index + " is missing or doubled");
                        }
                        String other = rows.text().substring(last + 1 - rows.from);
                        throw new Failure(13, "V3 index " + index + " points to line " + other);
                    }
                    if (!lines.next() || !Arrays.equals(leaf(lines.bytes, lines.from, lines.to), hash)) {
                        throw new Failure(14, "V4 line " + line + " is not the record sealed at index " + index);
                    }
                    Map<?, ?> record = json.read(lines);
                    boolean beside = contents.beside(index, record);
                    Leaf leaf = canonical(record, type, index, first, end, beside);
                    seals.add(leaf, record);
                    contents.add(leaf, record, beside);
                    taken(index, type, record);
                    if (leaf.covered) {
                        contents.counts.covered(type);
                    }
                    if (type.equals("key.compromised")) {
                        Map<?, ?> data = Tables.map(record, "data");
                        boolean known = !vkey.isEmpty() && !vkey.equals(data.get("vkey"));
                        doubtful = !"log".equals(data.get("purpose")) ? doubtful : known ? index + 1 : size;
                    }
                    if (type.equals("ledger.seal")) {
                        Instant at = leaf.recorded;
                        boolean within = !at.plus(SKEW).isBefore(first)
                                && emptied.minus(SKEW).isBefore(end);
                        withheld(
                                waiting, scope, at, within, !emptied.minus(SKEW).isBefore(end));
                        waiting.clear();
                        contents.counts.seal(at.toString().substring(0, 7), within);
                        String empty = Tables.string(Tables.map(record, "data"), "pendingAfter");
                        emptied = empty.equals("0") && at.isAfter(emptied) ? at : emptied;
                        seals.root = HEX.formatHex(top());
                        contents.samples.sealed(index + 1, top());
                        String sealed = (index + 1) + "," + seals.root + "," + at + "\n";
                        table.update(sealed.getBytes(StandardCharsets.UTF_8));
                        stampedAt(index + 1, at);
                        String[] holder = holders.getOrDefault(index + 1, new String[2]);
                        holder[1] = holder[1] == null ? at.toString().substring(0, 10) : holder[1];
                        sealedAt = index + 1 == size ? at.toString() : "";
                    }
                }
                index++;
            }
            if (lines.next()) {
                throw new Failure(14, "V4 data/records.jsonl has more lines than the index");
            }
        }
        contents.named(json.refs);
        if (index != until) {
            throw new Failure(13, "V3 the index ends at " + index + " instead of " + until);
        }
        seals.end(until);
        sum();
        checkpoints = HEX.formatHex(table.digest());
        withheld = "withheld " + (until - from - line - gone) + " of " + (until - from)
                + " records, by the month of their seal " + months;
        if (gone > 0) {
            withheld += ", and the payloads of " + gone + " purged under retention";
        }
        purged.forEach((by, places) -> fault(
                24,
                "index " + places.get(0)[0] + " is purged, but the record at index " + by
                        + " does not say that it was"));
        if (!waiting.isEmpty()) {
            fault(24, "what is withheld at the end of the index has no seal");
        }
        counted(manifest, until - from, line);
    }

    /** A place whose payload retention took, by the record at a later index: only results go. */
    void purged(long index, String type, String cell) {
        if (!cell.matches("purged (0|[1-9][0-9]{0,17})")) {
            throw new Failure(13, "V3 index " + index + " points to line " + cell);
        }
        if (!type.matches("check\\.result|run\\.missed")) {
            fault(24, "index " + index + " (" + type + ") is purged, and retention takes results alone");
        }
        List<long[]> places = purged.computeIfAbsent(Long.parseLong(cell.substring(7)), by -> new ArrayList<>());
        if (places.isEmpty() || places.get(places.size() - 1)[1] != index) {
            places.add(new long[] {index, index});
        }
        places.get(places.size() - 1)[1]++;
        reasons.merge("purged", 1L, Long::sum);
        gone++;
    }

    /** What this record says was purged or erased is no longer asked for. */
    void taken(long index, String type, Map<?, ?> record) throws Exception {
        List<long[]> places = purged.get(index);
        Map<?, ?> data = Tables.map(record, "data");
        if (places != null && type.equals("retention.purged")) {
            TreeMap<Long, Long> spans = new TreeMap<>();
            for (Object item : (List<?>) data.get("spans")) {
                List<?> span = (List<?>) item;
                spans.put((Long) span.get(0), (Long) span.get(1));
            }
            places.removeIf(place -> {
                Map.Entry<Long, Long> span = spans.floorEntry(place[0]);
                return span != null && place[1] <= span.getValue();
            });
            if (places.isEmpty()) {
                purged.remove(index);
            }
        }
        Map<String, String> texts = erased.get(index);
        if (texts != null && type.equals("erasure.executed")) {
            String blob = Tables.string(data, "textsRef");
            Map<?, ?> said = blob.isEmpty()
                    ? Tables.map(data, "texts")
                    : (Map<?, ?>) Json.of(text("data/blobs/" + blob + ".json"));
            String mark = mark(record);
            for (Object name : (List<?>) said.get("named")) {
                texts.remove(name, mark);
            }
            if (texts.isEmpty()) {
                erased.remove(index);
            }
        }
    }

    /** What stands in the place of a text, or of a name, that this record says was erased. */
    static String mark(Map<?, ?> record) {
        return "[erased " + Tables.string(record, "recordedAt").substring(0, 10) + ", "
                + Tables.string(Tables.map(record, "data"), "basis") + "]";
    }

    /** The 64 lower-case hex digits at this place of a row; null where there are others. */
    static byte[] hash(byte[] row, int at) {
        byte[] hash = new byte[32];
        for (int i = 0; i < 64; i++) {
            byte c = row[at + i];
            int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
            if (digit < 0) {
                return null;
            }
            hash[i / 2] = (byte) ((hash[i / 2] << 4) | digit);
        }
        return hash;
    }

    /** The edge of the log with one leaf more. */
    void grow(long index, byte[] leaf) throws Exception {
        byte[] hash = leaf;
        for (long at = index; (at & 1) == 1; at >>>= 1) {
            hash = node(edge.remove(edge.size() - 1), hash);
        }
        edge.add(hash);
    }

    /** The root of the tree with this edge. */
    byte[] top() throws Exception {
        byte[] hash = edge.get(edge.size() - 1);
        for (int i = edge.size() - 2; i >= 0; i--) {
            hash = node(edge.get(i), hash);
        }
        return hash;
    }

    // V14: what is withheld may have been recorded from the last seal that left none waiting to its own
    void withheld(Map<Long, String> records, Map<?, ?> scope, Instant sealed, boolean within, boolean after) {
        boolean all = ((List<?>) scope.get("frameworks")).isEmpty();
        boolean narrow = !((List<?>) scope.get("assets")).isEmpty();
        records.forEach((index, type) -> {
            boolean state = type.matches(layout > 1 ? KEPT : STATE) && !after;
            boolean rule = layout > 1 && RULES.contains(type) && !after;
            boolean structure =
                    type.matches("ledger\\.seal|key\\.(added|compromised)|retention\\.purged|erasure\\.executed"
                            + (layout > 1 ? "|system\\..*|clock\\.(moved|observed)" : ""));
            boolean noticed = layout > 1 && type.equals("run.missed");
            if (structure || rule || (!narrow && (state || (all && (noticed || !after))))) {
                fault(
                        24,
                        "index " + index + " (" + type + ") is withheld, but it was sealed at " + sealed
                                + ", where the scope discloses it");
            }
            months.merge(sealed.toString().substring(0, 7), 1L, Long::sum);
            reasons.merge(within ? "outside the scope" : "outside the period", 1L, Long::sum);
        });
    }

    /** What is withheld must be counted, with its reasons; records that wait to be sealed are no part of the range. */
    void counted(Map<?, ?> manifest, long all, long disclosed) {
        Map<?, ?> counts = (Map<?, ?>) manifest.get("counts");
        if (!counts.equals(Map.of("leaves", all, "disclosed", disclosed, "withheld", all - disclosed))) {
            throw new Failure(13, "V3 the index has " + all + " leaves and discloses " + disclosed + ", not " + counts);
        }
        TreeMap<String, Long> stated = new TreeMap<>();
        for (Object item : (List<?>) manifest.get("omissions")) {
            Map<?, ?> omission = (Map<?, ?>) item;
            String why = (String) omission.get("why");
            if ("records".equals(omission.get("what")) && !why.startsWith("not sealed: ")) {
                stated.merge(why, (Long) omission.get("count"), Long::sum);
            }
        }
        if (!stated.equals(reasons)) {
            fault(24, "manifest.json says " + stated + " is withheld, by the seals it is " + reasons);
        }
    }

    /** What of a record is needed until its seal. */
    static final class Leaf {
        final long index;
        final String type;
        final Instant occurred;
        final Instant recorded;
        /** Whether it is of the period, and here for more than an attestation. */
        boolean covered;

        Leaf(long index, String type, Map<?, ?> record) {
            this.index = index;
            this.type = type;
            this.occurred = time((String) record.get("occurredAt"));
            this.recorded = time((String) record.get("recordedAt"));
        }
    }

    Leaf canonical(Map<?, ?> record, String type, long index, Instant first, Instant end, boolean beside) {
        if (!type.equals(record.get("type"))) {
            throw new Failure(19, "V9 the record at index " + index + " is not canonical");
        }
        clockMoved |= type.equals("clock.moved");
        Leaf leaf;
        try {
            UUID.fromString((String) record.get("id"));
            leaf = new Leaf(index, type, record);
        } catch (RuntimeException e) {
            throw new Failure(
                    19, "V9 the record at index " + index + " has not the form of a record: " + e.getMessage());
        }
        if (!Long.valueOf(1).equals(record.get("v"))) {
            throw new Failure(19, "V9 the record at index " + index + " is of another version");
        }
        leaf.covered = !beside && Tables.covered(layout, type, record, leaf.occurred, first, end);
        if (!leaf.covered) {
            return leaf;
        }
        types.computeIfAbsent(type, key -> new long[1])[0]++;
        Map<?, ?> data = (Map<?, ?>) record.get("data");
        if (type.equals("check.result")) {
            outcomes.computeIfAbsent(String.valueOf(data.get("outcome")), key -> new long[1])[0]++;
        }
        return leaf;
    }

    void sum() {
        Map<String, String> named = Map.of(
                "check.result", "check_runs",
                "run.missed", "runs_missed",
                "review.attested", "reviews_attested",
                "review.missed", "reviews_missed",
                "finding.opened", "findings_opened",
                "finding.fixed", "findings_fixed");
        types.forEach((type, count) -> {
            totals.merge("records", count[0], Long::sum);
            if (named.containsKey(type)) {
                totals.put(named.get(type), count[0]);
            }
        });
        outcomes.forEach((outcome, count) -> totals.put("check_runs." + outcome, count[0]));
    }

    // V5
    void range() throws Exception {
        Map<?, ?> proof = proof();
        long a = (Long) proof.get("a");
        long b = (Long) proof.get("b");
        List<byte[]> complete = new ArrayList<>(edge);
        List<byte[]> right = hashes(proof.get("right"));
        boolean shape = (Long) proof.get("n") == size && a >= 0 && b <= size && a <= b && size > 0;
        if (!shape || !Arrays.equals(tree(0, size, b, complete, right), root) || !right.isEmpty()) {
            throw new Failure(15, "V5 the leaves from " + a + " to " + b + " do not lead to the root");
        }
    }

    /** The hash of the places from low to high: before b the next complete tree, behind b the next hash of the proof. */
    byte[] tree(long low, long high, long b, List<byte[]> complete, List<byte[]> right) throws Exception {
        if (low >= b || (high <= b && Long.bitCount(high - low) == 1)) {
            List<byte[]> cover = low >= b ? right : complete;
            if (cover.isEmpty()) {
                throw new Failure(15, "V5 the range proof is too short");
            }
            return cover.remove(0);
        }
        long middle = low + Long.highestOneBit(high - low - 1);
        return node(tree(low, middle, b, complete, right), tree(middle, high, b, complete, right));
    }

    /** The checkpoints the auditor holds: each file has one or more, however a mail program keeps them. */
    void hold(List<String> files) throws Exception {
        for (String file : files) {
            if (bridge(file)) {
                continue;
            }
            boolean signed = false;
            for (Map.Entry<String, String> note : new Notes(file).found.entrySet()) {
                if (ofThisLog(note.getKey())) {
                    signed = true;
                    String[] lines = note.getKey().split("\n");
                    byte[] old = Base64.getDecoder().decode(lines[2]);
                    long records = Long.parseLong(lines[1]);
                    if (!Arrays.equals(held.getOrDefault(records, old), old)) {
                        fault(
                                16,
                                "two of your checkpoints of " + records
                                        + " records have different roots: the log was split");
                    }
                    held.put(records, old);
                    String day = note.getValue().isEmpty() ? null : note.getValue();
                    holders.put(
                            records, new String[] {String.valueOf(Path.of(file).getFileName()), day});
                }
            }
            if (!signed) {
                fault(16, file + " is not signed by the verifier key");
            }
        }
    }

    /** V7: a checkpoint that a witness you named has cosigned is one that somebody outside saw, C2SP tlog-cosignature. */
    void witnesses() throws Exception {
        TreeMap<String, String> by = new TreeMap<>();
        String day = "";
        for (String witness : witnesses) {
            String name = witness.strip().split("\\+", 3)[0];
            Instant at = cosigned(text("ledger/checkpoint"), witness);
            if (at == null) {
                warn(17, name + " has not cosigned the checkpoint of this bundle");
            } else {
                by.put(tail(key(witness, COSIGNATURE)), name);
                String on = at.toString().substring(0, 10);
                day = on.compareTo(day) > 0 ? on : day;
            }
        }
        if (!by.isEmpty()) {
            held.putIfAbsent(size, root);
            holders.put(size, new String[] {"witness " + String.join(" and ", by.values()), day});
        }
        if (by.size() < requireWitnesses) {
            fault(
                    17,
                    by.size() + " of the witnesses you named have cosigned the checkpoint, and you require "
                            + requireWitnesses);
        }
    }

    /** When a witness cosigned the note; null where no line is a valid one of this key. */
    static Instant cosigned(String note, String witness) throws Exception {
        byte[] key = Arrays.copyOfRange(key(witness, COSIGNATURE), 1, 33);
        String[] parts = witness.strip().split("\\+", 3);
        int gap = note.indexOf("\n\n");
        for (String line : note.substring(gap + 2).split("\n")) {
            String[] words = line.split(" ");
            if (!words[1].equals(parts[0]) || !words[2].matches("[A-Za-z0-9+/]{102}==")) {
                continue;
            }
            byte[] both = Base64.getDecoder().decode(words[2]);
            long seconds = ByteBuffer.wrap(both).getLong(4);
            byte[] message = ("cosignature/v1\ntime " + seconds + "\n" + note.substring(0, gap + 1))
                    .getBytes(StandardCharsets.UTF_8);
            if (HEX.formatHex(both, 0, 4).equals(parts[1])
                    && seconds > 0
                    && seconds < 253402300800L
                    && ed25519(key, message, Arrays.copyOfRange(both, 12, 76))) {
                return Instant.ofEpochSecond(seconds);
            }
        }
        return null;
    }

    /** Whether the file is of the form of {@code ronde ledger consistency}: a proof, and no checkpoint you hold. */
    boolean bridge(String file) throws Exception {
        String[] lines = held(file).replaceAll("[ \\t\\r]*\n", "\n").split("\n", -1);
        if (!lines[0].matches("old [0-9]{1,18}")) {
            return false;
        }
        int gap = Arrays.asList(lines).indexOf("");
        try {
            long from = Long.parseLong(lines[0].substring(4));
            if (from != size) {
                throw new Failure(
                        1,
                        file + " is a proof from " + from + " records, and this bundle has " + size
                                + ": ask for ronde ledger consistency --from " + size);
            }
            List<byte[]> proof = new ArrayList<>();
            for (String line : Arrays.asList(lines).subList(1, gap)) {
                proof.add(Base64.getDecoder().decode(line));
            }
            bridges.put(Long.parseLong(lines[gap + 2]), proof);
            return true;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Failure(1, file + " is not what ronde ledger consistency prints (" + e + ")");
        }
    }

    /**
     * The signed notes in a file, with the day of the mail around each. It is read as leniently as any mail program may have written it: a
     * note counts only once its signature is verified, over the text that is put together here from its words.
     */
    static final class Notes {
        static final int BOUND = 16 << 20;
        static final int DEPTH = 5;
        static final Pattern BODY = Pattern.compile("(?:([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9:.]{4,18}Z )?"
                + "(?<![0-9A-Za-z+/])([0-9]{1,18}) ((?:[0-9A-Za-z+/] ?){43}=)");
        static final Pattern SIGNATURE =
                Pattern.compile("(?<= )(\\S{1,200}+) ((?:[0-9A-Za-z+/] ?){102}==|(?:[0-9A-Za-z+/] ?){91}=)");
        static final Pattern DATE = Pattern.compile("Date: (?:[A-Za-z]{3}, )?([0-9]{1,2} [A-Z][a-z]{2} [0-9]{4})");
        static final Pattern BASE64 = Pattern.compile("[0-9A-Za-z+/]{4,}+={0,2}");
        static final Pattern BLANK =
                Pattern.compile("[\\s\\x00\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\ufffd]+");
        static final Pattern QUOTE = Pattern.compile("(?m)^[ \\t]*[>|][>| \\t]*");
        static final Pattern ENTITY = Pattern.compile("&(?:#([0-9]{1,5})|#[xX]([0-9a-fA-F]{1,4})|[a-z]{2,8});");

        /** The day is empty where nothing says one. */
        final Map<String, String> found = new LinkedHashMap<>();

        private long left = 12L * BOUND;

        Notes(String file) {
            look(held(file), 0, "");
            if (found.isEmpty()) {
                throw new Failure(1, file + " is not a checkpoint: it holds no signed note");
            }
        }

        /** As it is, without marks of quoting and of HTML; then what is encoded in it. One character is one byte, so that it can be undone. */
        private void look(String bytes, int depth, String day) {
            // of the two bytes of a letter of UTF-16 the one that counts
            String text = bytes.replace("\0", "");
            left -= text.length();
            if (depth > DEPTH || left < 0) {
                return;
            }
            search(text, day);
            String bare = QUOTE.matcher(text).replaceAll("");
            if (!bare.equals(text)) {
                search(bare, day);
            }
            if (text.indexOf('<') >= 0) {
                search(letters(text.replaceAll("<[^<>]{0,4000}>", " ")), day);
            }
            String printed = printable(bare);
            if (!printed.equals(bare)) {
                look(printed, depth + 1, day);
            }
            blocks(bare, depth + 1, day);
        }

        private void search(String latin, String outer) {
            String text = BLANK.matcher(new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                    .replaceAll(" ");
            Matcher date = DATE.matcher(text);
            Matcher signature = SIGNATURE.matcher(text);
            Matcher body = BODY.matcher(text);
            String day = outer;
            boolean dated = date.find();
            for (boolean more = body.find(); more; ) {
                MatchResult here = body.toMatchResult();
                more = body.find(here.end(2));
                while (dated && date.start() < here.start()) {
                    day = day(date.group(1));
                    dated = date.find();
                }
                Map<String, String> signed = new LinkedHashMap<>();
                int end = Math.min(more ? body.start() : text.length(), here.end() + 4_000);
                signature.region(Math.min(here.end(), end), end);
                while (signature.find()) {
                    String line = "\u2014 " + signature.group(1) + " "
                            + signature.group(2).replace(" ", "") + "\n";
                    signed.merge(signature.group(1), line, String::concat);
                }
                String said = here.group(2) + "\n" + here.group(3).replace(" ", "") + "\n\n";
                String on = here.group(1) == null ? day : here.group(1);
                signed.forEach((origin, lines) ->
                        found.merge(origin + "\n" + said + lines, on, (one, other) -> one.isEmpty() ? other : one));
            }
        }

        private static String day(String text) {
            try {
                return LocalDate.parse(text, DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH))
                        .toString();
            } catch (DateTimeException e) {
                return "";
            }
        }

        private static String letters(String html) {
            return ENTITY.matcher(html).replaceAll(entity -> {
                String ten = entity.group(1);
                String sixteen = entity.group(2);
                int letter =
                        ten != null ? Integer.parseInt(ten) : sixteen != null ? Integer.parseInt(sixteen, 16) : ' ';
                return letter > ' ' && letter < 127 ? Matcher.quoteReplacement(String.valueOf((char) letter)) : " ";
            });
        }

        /** RFC 2045, 6.7, undone. */
        private static String printable(String text) {
            StringBuilder out = new StringBuilder();
            int plain = 0;
            for (int at = text.indexOf('='); at >= 0 && at + 2 < text.length(); at = text.indexOf('=', at + 1)) {
                int high = Character.digit(text.charAt(at + 1), 16);
                int low = Character.digit(text.charAt(at + 2), 16);
                int end = at + 1;
                while (end < text.length() && " \t\r".indexOf(text.charAt(end)) >= 0) {
                    end++;
                }
                if (high >= 0 && low >= 0) {
                    out.append(text, plain, at).append((char) (16 * high + low));
                    plain = at + 3;
                } else if (end < text.length() && text.charAt(end) == '\n') {
                    out.append(text, plain, at);
                    plain = end + 1;
                }
            }
            return out.append(text, plain, text.length()).toString();
        }

        /** Lines of base64, one behind the other, as attachments and whole mails are sent. */
        private void blocks(String text, int depth, String outer) {
            StringBuilder block = new StringBuilder();
            String day = outer;
            Iterator<String> lines = (text + "\n\n").lines().iterator();
            while (lines.hasNext()) {
                String line = lines.next().strip();
                boolean encoded = BASE64.matcher(line).matches();
                block.append(encoded ? line : "");
                if (!encoded || line.endsWith("=")) {
                    if (block.length() > 200) {
                        block.setLength(block.length() / 4 * 4);
                        try {
                            byte[] bytes = Base64.getDecoder().decode(block.toString());
                            look(new String(bytes, StandardCharsets.ISO_8859_1), depth, day);
                        } catch (IllegalArgumentException e) {
                            // Words that only looked like it.
                        }
                    }
                    block.setLength(0);
                }
                Matcher date = DATE.matcher(line);
                day = date.find() ? day(date.group(1)) : day;
            }
        }
    }

    /** What the auditor keeps, a byte a character, bounded. */
    static String held(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(Notes.BOUND + 1);
            if (bytes.length <= Notes.BOUND) {
                return new String(bytes, StandardCharsets.ISO_8859_1);
            }
        } catch (IOException e) {
            throw new Failure(1, "cannot read " + file + ": name a checkpoint you hold (" + e + ")");
        }
        throw new Failure(1, file + " has more than 16 MiB: save the checkpoint mails alone");
    }

    /** V6: those outside of the range, which its leaves do not lead to. */
    void anchors() throws Exception {
        for (Map.Entry<Long, byte[]> mine : held.entrySet()) {
            long m = mine.getKey();
            if (m > size && bridges.containsKey(m)) {
                if (!consistent(size, root, m, mine.getValue(), bridges.get(m))) {
                    fault(16, "nothing shows that your checkpoint of " + m + " records extends the log of this bundle");
                }
            } else if (m > size) {
                fault(
                        16,
                        "your checkpoint has " + m + " records, this bundle only " + size
                                + ": it is an old bundle, or the log was cut; ask for ronde ledger consistency --from "
                                + size + " --to " + m);
            } else if (m > 0
                    && !(m == size && Arrays.equals(mine.getValue(), root))
                    && !form(16, "ledger/consistency.json", () -> grew(m, mine.getValue()))) {
                fault(
                        16,
                        "nothing in this bundle shows that its log extends your checkpoint of " + m
                                + " records; ask for an export that begins earlier");
            }
        }
        if (!found.containsKey(16) && !holders.isEmpty()) {
            Long newest = holders.lastKey();
            anchored = Math.min(newest, size);
            anchor = holders.get(newest);
        }
        stamped.keySet().forEach(old -> fault(17, "a time stamp is of " + old + " records, which this log never had"));
        if (!found.containsKey(17) && !trusted.isEmpty() && trusted.lastKey() > anchored) {
            anchored = trusted.lastKey();
            anchor = new String[] {"time stamp", trusted.get(anchored)};
        }
        if (anchored < doubtful) {
            fault(
                    17,
                    "somebody else may have had the key of this log, as it says itself, so that the first " + doubtful
                            + " records must be anchored");
        }
        if (anchored < size) {
            warn(
                    17,
                    "UNANCHORED: " + (size - anchored) + " of " + size
                            + " records are newer than what you hold from outside; whoever has the key could have rewritten them");
        }
    }

    // V7: each is over a note of this log, and answers its own query; who signed it is for openssl or for the product
    void stamps() throws Exception {
        TreeSet<String> there = new TreeSet<>(sums.keySet());
        there.removeIf(path -> !path.startsWith("ledger/anchors/") || path.endsWith(".csv"));
        String[] rows = text("ledger/anchors/anchors.csv").split("\n", -1);
        long before = 0;
        if (!rows[0].equals("size,root,generated_at,file") || !rows[rows.length - 1].isEmpty()) {
            throw new Failure(17, "V7 ledger/anchors/anchors.csv has another header or no last line end");
        }
        for (String row : Arrays.asList(rows).subList(1, rows.length - 1)) {
            String[] cells = row.split(",", -1);
            String path = "ledger/anchors/" + cells[cells.length - 1];
            for (String end : List.of(".note", ".tsq", ".tsr")) {
                if (!there.remove(path + end)) {
                    throw new Failure(17, "V7 " + path + end + " is missing, or listed twice in anchors.csv");
                }
            }
            long last = before;
            before = form(17, path, () -> stamp(path, row, last));
        }
        if (!there.isEmpty()) {
            throw new Failure(17, "V7 ledger/anchors/anchors.csv does not list " + there);
        }
        if (before > 0 && stampCheck == null) {
            warn(
                    17,
                    "NOT CHECKED: who signed the time stamps. Ask openssl ts -verify, as VERIFY.md says, or the product with --tsa-ca");
        }
    }

    long stamp(String path, String row, long before) throws Exception {
        byte[] note = Files.readAllBytes(dir.resolve(path + ".note"));
        byte[] answer = Files.readAllBytes(dir.resolve(path + ".tsr"));
        String[] lines = text(path + ".note").split("\n");
        if (!ofThisLog(text(path + ".note"))) {
            throw new Failure(17, "V7 " + path + ".note is not signed by the verifier key");
        }
        byte[] hash = Base64.getDecoder().decode(lines[2]);
        long records = Long.parseLong(lines[1]);
        Der query = new Der(Files.readAllBytes(dir.resolve(path + ".tsq"))).only(0x30);
        query.next(0x02);
        byte[] asked = query.imprint();
        if (query.has(0x06)) {
            query.next(0x06);
        }
        byte[] nonce = query.next(0x02).all();
        Der response = new Der(answer).only(0x30);
        boolean granted = new BigInteger(response.next(0x30).next(0x02).all()).bitLength() < 2;
        Der token = response.next(0x30);
        Der signed = token.of("2a864886f70d010702").next(0xa0).next(0x30);
        signed.next(0x02);
        signed.next(0x31);
        Der info = signed.next(0x30)
                .of("2a864886f70d0109100104")
                .next(0xa0)
                .next(0x04)
                .next(0x30);
        info.next(0x02);
        info.next(0x06);
        byte[] answered = info.imprint();
        info.next(0x02);
        String time = new String(info.next(0x18).all(), StandardCharsets.US_ASCII);
        for (int optional : new int[] {0x30, 0x01}) {
            if (info.has(optional)) {
                info.next(optional);
            }
        }
        byte[] imprint = sha256().digest(note);
        if (!Arrays.equals(imprint, asked) || !Arrays.equals(imprint, answered)) {
            throw new Failure(17, "V7 " + path + ".tsr is a time stamp of something else than " + path + ".note");
        }
        if (!granted || !Arrays.equals(nonce, info.next(0x02).all())) {
            throw new Failure(17, "V7 " + path + ".tsr does not answer " + path + ".tsq");
        }
        if (!time.matches("[0-9]{14}(\\.[0-9]{1,9})?Z")) {
            throw new Failure(17, "V7 " + path + ".tsr has no time");
        }
        Instant at = LocalDateTime.parse(time.substring(0, 14), DateTimeFormatter.ofPattern("uuuuMMddHHmmss"))
                .plusNanos((long) (Double.parseDouble("0" + time.substring(14, time.length() - 1) + "0") * 1e9))
                .truncatedTo(ChronoUnit.MILLIS)
                .toInstant(ZoneOffset.UTC);
        String day = at.toString().substring(0, 10);
        String told = records + "," + HEX.formatHex(hash) + "," + at + "," + day + "_n" + records;
        if (records <= before || !row.equals(told)) {
            throw new Failure(17, "V7 ledger/anchors/anchors.csv does not follow from " + path + ": " + told);
        }
        if (stampCheck != null) {
            String why = stampCheck.apply(answer);
            if (!why.isEmpty()) {
                throw new Failure(17, "V7 " + path + ".tsr is not signed by the authority you trust: " + why);
            }
            trusted.put(records, day);
        }
        stamped.put(records, hash);
        stampTimes.put(records, at);
        return records;
    }

    /** What is sealed later than it was stamped has a clock that was ahead. */
    void stampedAt(long records, Instant sealed) {
        Instant at = stampTimes.get(records);
        boolean moved = Boolean.TRUE.equals(((Map<?, ?>) manifest.get("clock")).get("test"));
        if (at != null && at.plus(SKEW).isBefore(sealed) && !moved) {
            fault(
                    17,
                    "the checkpoint of " + records + " records was stamped at " + at + " and sealed at " + sealed
                            + ": the clock of the server was ahead");
        }
    }

    /** DER, as far as time stamps need it. */
    static final class Der {
        final byte[] bytes;
        final int end;
        int at;

        Der(byte[] bytes) {
            this(bytes, 0, bytes.length);
        }

        private Der(byte[] bytes, int from, int end) {
            this.bytes = bytes;
            this.at = from;
            this.end = end;
        }

        boolean has(int tag) {
            return at < end && (bytes[at] & 0xff) == tag;
        }

        /** What is in the next element. */
        Der next(int tag) {
            if (at + 2 > end || !has(tag)) {
                throw new IllegalArgumentException("no element " + tag + " at byte " + at);
            }
            int from = at + 2;
            int length = bytes[at + 1] & 0xff;
            if (length > 0x83 || length == 0x80 || from + (length & 3) > end) {
                throw new IllegalArgumentException("no length at byte " + at);
            }
            if (length > 0x80) {
                int more = length & 3;
                length = 0;
                for (int i = 0; i < more; i++) {
                    length = (length << 8) | (bytes[from++] & 0xff);
                }
            }
            at = from + length;
            if (at > end) {
                throw new IllegalArgumentException("the element at byte " + from + " is too long");
            }
            return new Der(bytes, from, at);
        }

        /** The one element there is. */
        Der only(int tag) {
            Der element = next(tag);
            if (at != end) {
                throw new IllegalArgumentException("something stands behind it");
            }
            return element;
        }

        /** The rest, behind this object identifier. */
        Der of(String identifier) {
            if (!HEX.formatHex(next(0x06).all()).equals(identifier)) {
                throw new IllegalArgumentException("it is of another kind");
            }
            return this;
        }

        /** SHA-256 of what is stamped. */
        byte[] imprint() {
            Der imprint = next(0x30);
            imprint.next(0x30).of("608648016503040201");
            return imprint.next(0x04).all();
        }

        byte[] all() {
            return Arrays.copyOfRange(bytes, at, end);
        }
    }

    boolean grew(long m, byte[] old) throws Exception {
        for (Object item : (List<?>) Json.of(text("ledger/consistency.json"))) {
            Map<?, ?> entry = (Map<?, ?>) item;
            if ((Long) entry.get("size") == m) {
                return consistent(m, old, size, root, hashes(entry.get("proof")));
            }
        }
        return false;
    }

    /** V8: seals follow each other, and each record was recorded inside the window of its seal. */
    final class Seals {
        final List<Leaf> waiting = new ArrayList<>();
        final long from;
        long next;
        /** Of the tree that ends with the last seal; empty before the first. */
        String root = "";
        /** Latest seal so far: comparing only with the seal before would let a clock be put back bit by bit. */
        Instant latest = Instant.MIN;
        /** Latest seal that left nothing waiting: records may have waited since then. */
        Instant emptied = Instant.MIN;

        Seals(long from) {
            this.from = from;
            this.next = from;
        }

        void add(Leaf leaf, Map<?, ?> record) {
            if (leaf.occurred.plusSeconds(86_400).isBefore(leaf.recorded)) {
                warn(
                        18,
                        "LATE: index " + leaf.index + " happened " + leaf.occurred + " but was recorded "
                                + leaf.recorded);
            }
            if (leaf.type.equals("ledger.seal")) {
                seal(leaf.index, leaf.recorded, Tables.map(record, "data"));
            } else {
                waiting.add(leaf);
            }
        }

        void seal(long index, Instant at, Map<?, ?> data) {
            boolean first = root.isEmpty();
            String before = Tables.string(data, "prevSize");
            String empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
            boolean follows = Tables.string(data, "toIndex").equals(Long.toString(index))
                    && Tables.string(data, "fromIndex").equals(before)
                    && (before.equals(Long.toString(next)) || (first && from > 0))
                    && ((first && from > 0) || Tables.string(data, "prevRoot").equals(first ? empty : root));
            if (!follows) {
                fault(18, "the seal at index " + index + " does not follow the one before it");
            }
            next = index + 1;
            if (!latest.equals(Instant.MIN) && at.isBefore(latest.minus(SKEW))) {
                fault(18, "the seal at index " + index + " is older than one before it: the clock went back");
            }
            if (!latest.equals(Instant.MIN) && latest.plus(2, ChronoUnit.HOURS).isBefore(at)) {
                warn(18, "GAP: nothing was sealed between " + latest + " and " + at);
            }
            Instant begin = emptied.equals(Instant.MIN) ? emptied : emptied.minus(SKEW);
            Instant end = at.plus(SKEW);
            for (Leaf leaf : waiting) {
                if (leaf.recorded.isBefore(begin) || leaf.recorded.isAfter(end)) {
                    fault(
                            18,
                            "index " + leaf.index + " says it was recorded " + leaf.recorded
                                    + ", outside the window of its seal");
                }
            }
            waiting.clear();
            latest = Tables.later(latest, at);
            if (Tables.string(data, "pendingAfter").equals("0")) {
                emptied = Tables.later(emptied, at);
            }
        }

        void end(long until) {
            if (next != until) {
                fault(18, "the range ends at " + until + " without a seal");
            }
        }
    }

    boolean consistent(long m, byte[] old, long n, byte[] now, List<byte[]> given) throws Exception {
        List<byte[]> proof = new ArrayList<>(given);
        if (Long.bitCount(m) == 1) {
            proof.add(0, old);
        }
        if (proof.isEmpty()) {
            return false;
        }
        long first = m - 1;
        long second = n - 1;
        while ((first & 1) == 1) {
            first >>>= 1;
            second >>>= 1;
        }
        byte[] one = proof.get(0);
        byte[] two = proof.get(0);
        for (byte[] hash : proof.subList(1, proof.size())) {
            if (second == 0) {
                return false;
            }
            if ((first & 1) == 1 || first == second) {
                one = node(hash, one);
                two = node(hash, two);
                while ((first & 1) == 0 && first != 0) {
                    first >>>= 1;
                    second >>>= 1;
                }
            } else {
                two = node(two, hash);
            }
            first >>>= 1;
            second >>>= 1;
        }
        return second == 0 && Arrays.equals(one, old) && Arrays.equals(two, now);
    }

    /**
     * V10 and V11: what hangs on the records, and each table, which is written once more from them alone, while they are read. What is found is
     * a failure only once the records have proved to be those of the log.
     */
    final class Contents implements AutoCloseable {
        final TreeSet<String> wanted = new TreeSet<>();
        final Samples samples = new Samples();
        final Counts counts = new Counts();
        Tables tables;
        Texts texts;
        Table runs;
        Attestations attestations;
        Table changes;
        Exception failed;

        Contents() {
            attempt(() -> {
                Map<String, String> people = form(20, "population/people.json", Verify.this::people);
                begin.accept(people, manifest);
                tables = new Tables(layout, (Map<?, ?>) manifest.get("scope"), people);
                texts = new Texts();
                attestations = layout > 1 ? new Attestations(wanted) : null;
                runs = new Table("expected_vs_actual.csv");
                runs.add(Tables.csv((Object[]) Tables.RUNS.split(",")));
                if (layout > 1) {
                    changes = new Table("changes.csv");
                    changes.add(Tables.CHANGED);
                }
                return true;
            });
        }

        void attempt(Callable<?> reading) {
            try {
                if (failed == null) {
                    reading.call();
                }
            } catch (Exception e) {
                failed = e;
            }
        }

        /** Whether the record is here only because an attestation names it. */
        boolean beside(long index, Map<?, ?> record) {
            return attestations != null
                    && attestations.named.containsKey(index)
                    && !Tables.matches((Map<?, ?>) manifest.get("scope"), record);
        }

        void add(Leaf leaf, Map<?, ?> asItIs, boolean beside) {
            attempt(() -> {
                attachments(asItIs, wanted);
                Map<?, ?> record = attestations == null ? asItIs : attestations.whole(asItIs);
                tables.texts = form(20, "data/private.jsonl", () -> texts.of(record));
                try {
                    if (attestations != null) {
                        attestations.add(leaf, record, tables.texts);
                        tables.role(leaf, record);
                        tables.waived(leaf, record);
                    }
                    if (beside) {
                        return true;
                    }
                    Verify.this.record.accept(Map.entry(leaf.index, record), tables.texts);
                    runs.add(tables.add(leaf, record));
                    samples.add(leaf, record, tables);
                    if (changes != null) {
                        tables.exception(leaf, record);
                        tables.gaps.add(leaf, record, tables.texts);
                        tables.change(leaf, record).forEach(changes::add);
                    }
                } catch (DateTimeException | ClassCastException | IllegalArgumentException e) {
                    fault(21, "index " + leaf.index + ": " + e.getMessage());
                }
                return true;
            });
        }

        void end() throws Exception {
            attempt(() -> {
                texts.end();
                runs.end();
                if (attestations != null) {
                    attestations.end();
                }
                blobs();
                List<String> names = new ArrayList<>(
                        List.of("assets.csv", "checks.csv", "reviews.csv", "waivers.csv", "exposure.csv"));
                if (changes != null) {
                    tables.begin().forEach(changes::add);
                    changes.end();
                    names.addAll(List.of("plans.csv", "users_and_roles.csv"));
                }
                names.addAll(layout > 1 ? List.of("upcoming.csv", "exceptions.csv", "gaps.csv") : List.of());
                for (String name : names) {
                    try (Table table = new Table(name)) {
                        tables.lines(name).forEachRemaining(table::add);
                        table.end();
                    }
                }
                if (layout > 1) {
                    try (Table table = new Table("completeness.csv")) {
                        counts.lines().forEach(table::add);
                        table.end();
                    }
                }
                samples.end();
                return true;
            });
            if (failed != null) {
                throw failed;
            }
        }

        void named(Set<String> refs) {
            attempt(() -> {
                refs.forEach(ref -> tables.roles.computeIfAbsent(ref, key -> new ArrayList<>()));
                return true;
            });
        }

        void blobs() {
            for (String path : sums.keySet()) {
                String name = path.replaceFirst("^data/blobs/", "");
                if (!name.equals(path) && !name.startsWith(sums.get(path) + ".")) {
                    throw new Failure(20, "V10 " + path + " is not the attachment its name says");
                }
                if (!name.equals(path) && !wanted.remove(name)) {
                    throw new Failure(20, "V10 " + path + " is no attachment of a record, by its hash and media type");
                }
            }
            if (!wanted.isEmpty()) {
                throw new Failure(20, "V10 attachments are missing: " + wanted);
            }
        }

        @Override
        public void close() throws IOException {
            if (texts != null) {
                texts.close();
            }
            if (runs != null) {
                runs.close();
            }
            if (changes != null) {
                changes.close();
            }
            if (attestations != null) {
                attestations.close();
            }
        }
    }

    /** V11: what each attestation of the period showed is here, and its hash is the one it names. */
    final class Attestations implements AutoCloseable {
        final Instant start = Instant.parse(((Map<?, ?>) manifest.get("scope")).get("from") + "T00:00:00Z");
        final Instant end = Instant.parse(((Map<?, ?>) manifest.get("scope")).get("to") + "T00:00:00Z")
                .plusSeconds(86_400);
        final Set<String> blobs;
        /** The records that the table says were shown, by their places, until they are read. */
        final Map<Long, String> named = new HashMap<>();

        final Map<String, Long> places = new HashMap<>();
        final Table table;

        Attestations(Set<String> blobs) throws Exception {
            this.blobs = blobs;
            try (Parts rows = new Parts("population/attestations.csv")) {
                while (rows.next()) {
                    String[] cells = rows.text().split(",", -1);
                    if (cells.length > 4 && cells[2].equals("result") && cells[4].matches("[0-9]{1,18}")) {
                        named.put(Long.valueOf(cells[4]), cells[3]);
                        places.put(cells[3], Long.valueOf(cells[4]));
                    }
                }
            }
            table = new Table("attestations.csv");
            table.add("review,attestation,kind,id,index,file,text");
        }

        /** The record of an attestation with the lists that lie in attachments. */
        Map<?, ?> whole(Map<?, ?> record) throws Exception {
            if (!"review.attested".equals(record.get("type"))) {
                return record;
            }
            Map<Object, Object> whole = new HashMap<>(record);
            Map<Object, Object> data = new HashMap<>(Tables.map(record, "data"));
            for (String name : List.of("shown_ids", "checks", "changes", "answered")) {
                String path = "data/blobs/" + data.get(name + "Ref") + ".json";
                if (sums.containsKey(path)) {
                    data.put(name, Json.of(text(path)));
                }
            }
            whole.put("data", data);
            return whole;
        }

        void add(Leaf leaf, Map<?, ?> record, Map<String, String> texts) throws Exception {
            String id = named.remove(leaf.index);
            if (id != null && !id.equals(record.get("id"))) {
                fault(21, "index " + leaf.index + " is not the record " + id + " that an attestation showed");
            }
            boolean within = Tables.covered(1, leaf.type, record, leaf.occurred, start, end)
                    || Tables.covered(2, leaf.type, record, leaf.occurred, start, end);
            Map<?, ?> data = Tables.map(record, "data");
            if (!leaf.type.equals("review.attested") || !within) {
                return;
            }
            List<?> ids = data.get("shown_ids") instanceof List<?> items ? items : List.of();
            StringBuilder all = new StringBuilder();
            ids.forEach(one -> all.append(one).append('\n'));
            String shown = Tables.string(data, "shown");
            if (!shown.isEmpty()
                    && !shown.equals(
                            HEX.formatHex(sha256().digest(all.toString().getBytes(StandardCharsets.UTF_8))))) {
                fault(21, "index " + leaf.index + ": shown is not the hash of shown_ids");
            }
            for (Object one : ids) {
                if (one.toString().startsWith("sha256:")) {
                    configuration(leaf, record, one.toString());
                } else if (places.containsKey(one)) {
                    String said = "";
                    for (Map<?, ?> check : Tables.items(data, "checks")) {
                        if (one.equals(check.get("record"))) {
                            said = Tables.string(check, "check") + ": " + Tables.string(check, "outcome")
                                    + (Boolean.TRUE.equals(check.get("stale")) ? ", stale" : "");
                        }
                    }
                    row(leaf, record, "result", one, places.get(one), "", said);
                } else {
                    fault(21, "index " + leaf.index + " was attested with the record " + one + ", which is not here");
                }
            }
            for (Map<?, ?> change : Tables.items(data, "changes")) {
                String said = Tables.string(change, "before") + " → " + Tables.string(change, "after") + " ("
                        + Tables.string(change, "effect") + ")";
                row(leaf, record, "change", Tables.string(change, "path"), "", "", said);
            }
            String answers = texts.getOrDefault("answers", "");
            for (Object item : data.get("answered") instanceof List<?> items ? items : List.of()) {
                row(leaf, record, "answer", item, "", "", answer(answers, (String) item));
            }
        }

        /** What stands under the name in a JSON object of answers, escapes and all; the whole text where it does not stand there. */
        static String answer(String json, String name) {
            String key = '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\":{\"answer\":\"";
            int from = Math.max(json.indexOf('{' + key), json.indexOf(',' + key)) + 1 + key.length();
            int to = from;
            while (from > key.length() && to < json.length() && json.charAt(to) != '"') {
                to += json.charAt(to) == '\\' ? 2 : 1;
            }
            return from > key.length() && to < json.length() ? json.substring(from, to) : json;
        }

        void configuration(Leaf leaf, Map<?, ?> record, String digest) throws Exception {
            String path = "data/blobs/" + digest.substring(7);
            if (!sums.containsKey(path + ".txt")) {
                row(leaf, record, "configuration", digest, "", path + ".json", "");
                return;
            }
            row(leaf, record, "configuration", digest, "", path + ".txt", "");
            for (String line : text(path + ".txt").split("\n")) {
                if (!line.matches("[^=]+=sha256:[0-9a-f]{64}")) {
                    throw new Failure(20, "V10 " + path + ".txt does not name sources by their digests");
                }
                String source = line.substring(line.indexOf('=') + 1);
                row(leaf, record, "source", source, "", "data/blobs/" + source.substring(7) + ".json", "");
            }
        }

        void row(Leaf leaf, Map<?, ?> record, String kind, Object id, Object index, String file, String text) {
            if (!file.isEmpty()) {
                blobs.add(file.substring("data/blobs/".length()));
            }
            String review = Tables.string(Tables.map(record, "on"), "id");
            String line = text.replaceAll("[\\r\\n]", " ");
            int most = line.length() > 500 && Character.isHighSurrogate(line.charAt(498)) ? 498 : 499;
            String said = line.length() > 500 ? line.substring(0, most) + "…" : line;
            table.add(Tables.csv(review, leaf.index, kind, id, index, file, said));
        }

        void end() {
            table.end();
            named.forEach((index, id) -> fault(21, "index " + index + ", which an attestation showed, is withheld"));
        }

        @Override
        public void close() throws IOException {
            table.close();
        }
    }

    /** V11: what was drawn follows from a seed that came after the table was frozen and sealed. */
    final class Samples {
        /** What a sample is made of, beside its table, by its name. */
        static final Map<String, String> ITEMS = Map.of(
                "assets",
                "ref",
                "reviews",
                "ref",
                "expected_vs_actual",
                "index",
                "exposure",
                "finding",
                "waivers",
                "waiver",
                "changes",
                "index");

        /** SHA-256 of each table, by its path, and of the first checkpoint over the freeze, by "". */
        final Map<String, Map<String, String>> frozen = new HashMap<>();

        final TreeMap<String, Map<String, Object>> samples = new TreeMap<>();

        void sealed(long size, byte[] root) {
            String body = origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
            String hash = HEX.formatHex(sha256().digest(body.getBytes(StandardCharsets.UTF_8)));
            frozen.values().forEach(files -> files.putIfAbsent("", hash));
        }

        void add(Leaf leaf, Map<?, ?> record, Tables tables) {
            String freeze = Tables.string(Tables.map(record, "on"), "id");
            Map<?, ?> data = Tables.map(record, "data");
            if (leaf.type.equals("population.frozen")) {
                Map<String, String> files = new HashMap<>();
                for (Object file : (List<?>) data.get("files")) {
                    files.put(Tables.string((Map<?, ?>) file, "path"), Tables.string((Map<?, ?>) file, "sha256"));
                }
                frozen.put(freeze, files);
            } else if (leaf.type.equals("sample.drawn")) {
                String name = Tables.string(data, "name");
                String population = Tables.string(data, "population");
                String seed = Tables.string(data, "seed");
                Map<String, String> files = frozen.getOrDefault(freeze, Map.of());
                Map<String, Object> sample = new TreeMap<>();
                sample.put("name", name);
                sample.put("freeze", freeze);
                sample.put("method", "the smallest SHA-256 of seed, comma, item");
                sample.put("population", "population/" + population + ".csv");
                sample.put("population_sha256", Tables.string(data, "populationSha256"));
                sample.put("item", ITEMS.getOrDefault(population, ""));
                sample.put("seed", seed);
                sample.put("seed_source", Tables.string(data, "seedSource"));
                sample.put("stratified_by", Tables.string(data, "stratifiedBy"));
                Map<String, Object> before = samples.put(name, sample);
                List<Object> draws = new ArrayList<>();
                if (before != null) {
                    draws.addAll((List<?>) before.remove("draws"));
                    Object fewer = before.remove("n");
                    if (!before.equals(sample) || (Long) fewer >= (Long) data.get("size")) {
                        throw new IllegalArgumentException("the sample " + name + " is drawn again otherwise");
                    }
                }
                Map<String, Object> draw = new TreeMap<>();
                draw.put("index", leaf.index);
                draw.put("at", leaf.occurred.toString());
                draw.put("by", tables.name(Tables.string(Tables.map(record, "actor"), "ref")));
                draw.put("seed_given_by", tables.said(record, "given_by"));
                draw.put("n", data.get("size"));
                draw.put("drawn", data.get("drawn"));
                draws.add(draw);
                sample.put("draws", draws);
                sample.put("n", data.get("size"));
                if (!files.containsKey("")) {
                    throw new IllegalArgumentException("the sample " + name + " is older than the seal of its freeze");
                }
                if (!sample.get("population_sha256").equals(files.get((String) sample.get("population")))) {
                    throw new IllegalArgumentException("the sample " + name + " is of a table that was not frozen");
                }
                if (sample.get("seed_source").equals("checkpoint")
                        ? !seed.equals(files.get(""))
                        : !seed.matches("[0-9]{20,200}")) {
                    throw new IllegalArgumentException(
                            "the sample " + name + " has another seed than its source gives");
                }
            }
        }

        void end() throws Exception {
            TreeSet<String> there = new TreeSet<>();
            sums.keySet().stream().filter(path -> path.startsWith("samples/")).forEach(there::add);
            for (Map.Entry<String, Map<String, Object>> entry : samples.entrySet()) {
                String path = "samples/" + entry.getKey();
                Map<String, Object> sample = entry.getValue();
                List<String> sheet = sheet(sample);
                List<?> draws = (List<?>) sample.get("draws");
                boolean same = there.remove(path + ".csv") && there.remove(path + ".json");
                if (!same
                        || !text(path + ".csv").equals(String.join("\n", sheet) + "\n")
                        || !Json.of(text(path + ".json")).equals(sample)
                        || !Long.valueOf(sheet.size() - 1)
                                .equals(((Map<?, ?>) draws.get(draws.size() - 1)).get("drawn"))) {
                    throw new Failure(21, "V11 " + path + " is not what its seed draws from the frozen table");
                }
            }
            if (!there.isEmpty()) {
                throw new Failure(21, "V11 no record has drawn " + there);
            }
        }

        /** The header, then the rows with the smallest tickets, of each value of the stratum. */
        List<String> sheet(Map<String, Object> sample) throws Exception {
            String table = text("data/blobs/" + sample.get("population_sha256") + ".csv");
            List<String> header = null;
            Map<String, TreeMap<String, String>> drawn = new TreeMap<>();
            List<String> sheet = new ArrayList<>();
            int from = 0;
            for (int to = table.indexOf('\n'); to >= 0; to = table.indexOf('\n', to + 1)) {
                String row = table.substring(from, to);
                if (row.chars().filter(c -> c == '"').count() % 2 == 1) {
                    continue; // a line break inside quotes ends no row
                }
                from = to + 1;
                List<String> cells = cells(row);
                if (header == null) {
                    header = cells;
                    sheet.add("ticket,item," + row + ",conclusion,remarks");
                    continue;
                }
                String item = cells.get(header.indexOf(sample.get("item")));
                int stratum = header.indexOf(sample.get("stratified_by"));
                String ticket = HEX.formatHex(
                        sha256().digest((sample.get("seed") + "," + item).getBytes(StandardCharsets.UTF_8)));
                String quoted = item.matches("[^,\"\n\r]*") ? item : '"' + item.replace("\"", "\"\"") + '"';
                TreeMap<String, String> smallest =
                        drawn.computeIfAbsent(stratum < 0 ? "" : cells.get(stratum), value -> new TreeMap<>());
                smallest.merge(ticket, ticket + "," + quoted + "," + row + ",,", (one, other) -> one + "\n" + other);
                if (smallest.size() > (Long) sample.get("n")) {
                    smallest.pollLastEntry();
                }
            }
            TreeMap<String, String> all = new TreeMap<>();
            drawn.values()
                    .forEach(part -> part.forEach(
                            (ticket, rows) -> all.merge(ticket, rows, (one, other) -> one + "\n" + other)));
            sheet.addAll(all.values());
            return sheet;
        }

        static List<String> cells(String row) {
            List<String> cells = new ArrayList<>();
            for (int at = 0; at <= row.length(); at++) {
                if (at < row.length() && row.charAt(at) == '"') {
                    int end = row.indexOf('"', at + 1);
                    while (end + 1 < row.length() && row.charAt(end + 1) == '"') {
                        end = row.indexOf('"', end + 2);
                    }
                    cells.add(row.substring(at + 1, end).replace("\"\"", "\""));
                    at = end + 1;
                } else {
                    int comma = row.indexOf(',', at);
                    int end = comma < 0 ? row.length() : comma;
                    cells.add(row.substring(at, end));
                    at = end;
                }
            }
            return cells;
        }
    }

    /** V11: the rows of completeness.csv. */
    static final class Counts {
        /** By type: places, those with their text, those that a table counts, those outside the scope, those purged; then by type and month too. */
        final Map<String, long[]> batch = new HashMap<>();

        final TreeMap<String, long[]> months = new TreeMap<>();

        static boolean counted(String type) {
            return type.startsWith("review.") || type.equals("check.result") || type.equals("run.missed");
        }

        void add(String type, boolean disclosed) {
            long[] count = batch.computeIfAbsent(type, key -> new long[5]);
            count[0]++;
            count[1] += disclosed ? 1 : 0;
        }

        void purged(String type) {
            batch.get(type)[1]--;
            batch.get(type)[4]++;
        }

        void covered(String type) {
            batch.get(type)[2] += counted(type) ? 1 : 0;
        }

        void seal(String month, boolean within) {
            batch.forEach((type, count) -> {
                count[3] = within ? count[0] - count[1] - count[4] : 0;
                long[] all = months.computeIfAbsent(type + "," + month, key -> new long[5]);
                Arrays.setAll(all, i -> all[i] + count[i]);
            });
            batch.clear();
        }

        List<String> lines() {
            List<String> lines =
                    new ArrayList<>(List.of("type,month,in_index,disclosed,in_tables,difference,explanation"));
            String[] reasons = {
                "purged under retention",
                "by hash only, outside the scope",
                "by hash only, outside the period",
                "of another period, or here for an attestation only"
            };
            months.forEach((key, count) -> {
                String[] names = key.split(",");
                boolean counted = counted(names[0]);
                long withheld = count[0] - count[1] - count[4];
                long[] parts = {count[4], count[3], withheld - count[3], counted ? count[1] - count[2] : 0};
                StringBuilder why = new StringBuilder();
                for (int i = 0; i < parts.length; i++) {
                    why.append(parts[i] == 0 ? "" : parts[i] + " " + reasons[i] + ". ");
                }
                lines.add(Tables.csv(
                        names[0],
                        names[1],
                        count[0],
                        count[1],
                        counted ? count[2] : "",
                        count[0] - (counted ? count[2] : count[1]),
                        why.toString().strip()));
            });
            return lines;
        }
    }

    /** V11: the rows of gaps.csv. */
    static final class Gaps {
        static final String COLUMNS = "cause,from,to,seconds,runs,detail,index";

        final Instant start;
        final Instant end;
        final List<Tables.Row> all = new ArrayList<>();
        final Map<String, Tables.Row> pauses = new HashMap<>();
        final List<Instant> blind = new ArrayList<>();
        final TreeMap<Instant, Long> deferred = new TreeMap<>();
        final TreeSet<Instant> checked = new TreeSet<>();
        final TreeSet<String> withoutAgent = new TreeSet<>();
        Tables.Row silence;
        Instant sealed;
        /** What happened to the server since the last seal. */
        final List<String> server = new ArrayList<>();

        boolean down;
        boolean orderly;

        Gaps(Instant start, Instant end) {
            this.start = start;
            this.end = end;
        }

        Tables.Row gap(String cause, Instant from, Instant to, String detail, Object index) {
            Tables.Row row = new Tables.Row();
            row.put("cause", cause);
            row.put("from", from);
            if (to != null) {
                row.put("to", to);
            }
            row.put("runs", 0L);
            row.put("detail", detail);
            row.put("index", index);
            all.add(row);
            return row;
        }

        void add(Leaf leaf, Map<?, ?> record, Map<String, String> texts) {
            Map<?, ?> data = Tables.map(record, "data");
            String subject = Tables.string(Tables.map(record, "on"), "id");
            switch (leaf.type) {
                case "ledger.seal" -> seal(leaf);
                case "clock.moved" -> server.add(leaf.type);
                case "clock.observed" -> {
                    if (data.get("jumpMs") instanceof Number jump) {
                        Instant was = leaf.occurred.minusMillis(jump.longValue());
                        boolean ahead = jump.longValue() > 0;
                        gap("clock_moved", ahead ? was : leaf.occurred, ahead ? leaf.occurred : was, "", leaf.index);
                        server.add("clock.moved");
                    }
                }
                case "system.stopped" -> down = true;
                case "system.started" -> {
                    server.add(leaf.type);
                    orderly = down;
                    down = false;
                }
                case "probing.stopped", "maintenance.planned" -> {
                    boolean planned = leaf.type.startsWith("m");
                    String asset = Tables.string(data, "asset");
                    String reason = texts.getOrDefault("reason", "");
                    Tables.Row pause = gap(
                            planned ? "maintenance" : "probing_stopped",
                            planned ? time(Tables.string(data, "from")) : leaf.occurred,
                            planned ? time(Tables.string(data, "until")) : null,
                            asset.isEmpty() ? reason : asset + ": " + reason,
                            leaf.index);
                    pauses.put(subject, pause);
                }
                case "probing.resumed", "maintenance.ended" -> {
                    if (pauses.containsKey(subject)) {
                        Tables.Row pause = pauses.remove(subject);
                        pause.put("to", Tables.later(leaf.occurred, (Instant) pause.get("from")));
                    }
                }
                case "run.missed", "check.result" -> {
                    if (leaf.covered) {
                        ran(leaf, data);
                    }
                }
                default -> {}
            }
        }

        void ran(Leaf leaf, Map<?, ?> data) {
            String reason = Tables.string(data, "reason");
            boolean missed = leaf.type.equals("run.missed");
            boolean silent = !missed && reason.equals("no-vantage");
            Instant due = Tables.second(Tables.string(data, "due")) instanceof Instant at ? at : leaf.occurred;
            if (missed
                    || silent
                    || Set.of("probing-stopped", "maintenance-window").contains(reason)) {
                blind.add(due);
            } else {
                checked.add(leaf.occurred.truncatedTo(ChronoUnit.HOURS));
            }
            String pair = Tables.string(data, "asset") + "\n" + Tables.string(Tables.map(data, "check"), "id");
            if (silent) {
                silence = silence == null ? gap("agent_silent", due, null, "", leaf.index) : silence;
                withoutAgent.add(pair);
            } else if (!missed && withoutAgent.remove(pair) && withoutAgent.isEmpty()) {
                silence.put("to", leaf.occurred);
                silence = null;
            }
        }

        static boolean over(Tables.Row gap, Instant at) {
            return gap.get("to") instanceof Instant to && !to.isAfter(at);
        }

        void seal(Leaf leaf) {
            if (sealed != null && sealed.plus(2, ChronoUnit.HOURS).isBefore(leaf.recorded)) {
                String cause = server.contains("clock.moved")
                        ? "clock_moved"
                        : server.isEmpty() ? "sealing_stopped" : orderly ? "server_stopped" : "server_down";
                gap(cause, sealed, leaf.recorded, "", leaf.index);
            }
            sealed = leaf.recorded;
            server.clear();
            all.removeIf(gap -> over(gap, start));
            for (Instant due : blind) {
                all.stream()
                        .filter(gap -> !((Instant) gap.get("from")).isAfter(due) && !over(gap, due))
                        .findFirst()
                        .ifPresentOrElse(
                                gap -> gap.count("runs"),
                                () -> deferred.merge(due.truncatedTo(ChronoUnit.HOURS), 1L, Long::sum));
            }
            blind.clear();
        }

        /** Hours with runs that looked at nothing for no other cause are one gap while nothing was checked in them and between them. */
        Stream<Tables.Row> rows() {
            Tables.Row last = null;
            for (Map.Entry<Instant, Long> hour : deferred.entrySet()) {
                Instant begin = hour.getKey();
                Instant over = begin.plus(1, ChronoUnit.HOURS);
                if (checked.contains(begin)) {
                    last = null;
                    continue;
                }
                if (last == null
                        || !checked.subSet((Instant) last.get("from"), over).isEmpty()) {
                    last = gap("deferred", begin, over, "", "");
                }
                last.put("to", over);
                last.put("runs", (Long) last.get("runs") + hour.getValue());
            }
            all.removeIf(gap -> over(gap, start) || !((Instant) gap.get("from")).isBefore(end));
            for (Tables.Row gap : all) {
                if (gap.get("to") instanceof Instant to) {
                    gap.put(
                            "seconds",
                            Duration.between((Instant) gap.get("from"), to).toSeconds());
                }
            }
            return all.stream()
                    .sorted(Comparator.comparing((Tables.Row gap) -> (Instant) gap.get("from"))
                            .thenComparing(gap -> gap.said("cause")));
        }
    }

    static void attachments(Map<?, ?> record, Set<String> names) {
        for (Object item : record.get("att") instanceof List<?> list ? list : List.of()) {
            Map<?, ?> attachment = (Map<?, ?>) item;
            names.add(attachment.get("sha256") + "." + ending((String) attachment.get("mediaType")));
        }
    }

    static String ending(String mediaType) {
        return switch (mediaType) {
            case "text/plain" -> "txt";
            case "image/jpeg" -> "jpg";
            case "message/rfc822" -> "eml";
            case "application/json",
                    "text/csv",
                    "application/yaml",
                    "application/xml",
                    "application/pdf",
                    "image/png",
                    "image/heic",
                    "application/zip" -> mediaType.substring(mediaType.indexOf('/') + 1);
            default -> "bin";
        };
    }

    static Map<String, String> commits(Map<?, ?> leaf) {
        Map<String, String> commits = new TreeMap<>();
        for (Object item : leaf.get("priv") instanceof List<?> list ? list : List.of()) {
            Map<?, ?> entry = (Map<?, ?>) item;
            commits.put((String) entry.get("field"), (String) entry.get("commit"));
        }
        return commits;
    }

    static String commitment(Object salt, Object text) throws Exception {
        MessageDigest digest = sha256();
        digest.update(HEX.parseHex((String) salt));
        return HEX.formatHex(digest.digest(((String) text).getBytes(StandardCharsets.UTF_8)));
    }

    /** V10: each name is one that a record of this log says, or commits to, of that reference. */
    Map<String, String> people() throws Exception {
        Map<String, String> people = new TreeMap<>();
        for (Object item : (List<?>) Json.of(text("population/people.json"))) {
            Map<?, ?> person = (Map<?, ?>) item;
            if (!person.keySet().equals(Set.of("ref", "name", "salt", "record", "index", "proof"))) {
                throw new Failure(20, "V10 population/people.json: no record of this log calls " + person);
            }
            String ref = (String) person.get("ref");
            String name = (String) person.get("name");
            String text = (String) person.get("record");
            Map<?, ?> record = (Map<?, ?>) Json.of(text);
            Map<?, ?> on = Tables.map(record, "on");
            boolean gone = layout > 1 && "erasure.executed".equals(record.get("type"));
            boolean says = gone
                    ? "person".equals(on.get("kind")) && name.equals(mark(record))
                    : "token.created".equals(record.get("type"))
                            ? name.equals(Tables.map(record, "data").get("name"))
                            : "person".equals(on.get("kind"))
                                    && commitment(person.get("salt"), name)
                                            .equals(commits(record).get("name"));
            if (!says
                    || !ref.equals(on.get("id"))
                    || !included(
                            leaf(text.getBytes(StandardCharsets.UTF_8)),
                            (Long) person.get("index"),
                            size,
                            hashes(person.get("proof")))
                    || people.put(ref, name) != null) {
                throw new Failure(20, "V10 population/people.json: no record of this log calls " + ref + " " + name);
            }
        }
        return people;
    }

    // V11
    void figures() throws Exception {
        Map<?, ?> asOf = (Map<?, ?>) manifest.get("asOf");
        if (!origin.equals(manifest.get("origin"))
                || !Long.valueOf(size).equals(asOf.get("treeSize"))
                || !HEX.formatHex(root).equals(asOf.get("root"))) {
            throw new Failure(21, "V11 manifest.json names another log, tree size or root than the checkpoint");
        }
        if (Boolean.TRUE.equals(manifest.get("demonstration")) != origin.equals("demonstration.invalid/ronde")) {
            throw new Failure(21, "V11 manifest.json is wrong on whether this is a demonstration");
        }
        Map<?, ?> clock = (Map<?, ?>) manifest.get("clock");
        if (clockMoved && !Boolean.TRUE.equals(clock.get("test"))) {
            throw new Failure(21, "V11 manifest.json hides that a test clock was moved, which the records say");
        }
        Map<?, ?> claimed = (Map<?, ?>) manifest.get("totals");
        TreeMap<String, Long> stated = new TreeMap<>();
        claimed.forEach((name, count) -> stated.put((String) name, (Long) count));
        if (!checkpoints.equals(sums.get("ledger/checkpoints.csv"))) {
            throw new Failure(21, "V11 ledger/checkpoints.csv does not follow from the seals");
        }
        if (!sealedAt.isEmpty() && !sealedAt.equals(asOf.get("sealedAt"))) {
            throw new Failure(21, "V11 manifest.json says another time of the last seal than its record");
        }
        TreeMap<String, String> files = new TreeMap<>();
        for (Object item : (List<?>) manifest.get("files")) {
            Map<?, ?> file = (Map<?, ?>) item;
            files.put((String) file.get("path"), file.get("sha256") + " " + file.get("size"));
        }
        TreeMap<String, String> there = new TreeMap<>();
        for (Map.Entry<String, String> sum : sums.entrySet()) {
            there.put(sum.getKey(), sum.getValue() + " " + Files.size(dir.resolve(sum.getKey())));
        }
        there.remove("manifest.json");
        if (!files.equals(there)) {
            throw new Failure(21, "V11 manifest.json lists under files something else than is there");
        }
        if (!stated.equals(totals)) {
            throw new Failure(21, "V11 the totals of manifest.json do not follow from the records: " + totals);
        }
    }

    /** A table of the bundle, compared row by row up to the first that differs. */
    final class Table implements AutoCloseable {
        final Parts lines;
        final String name;
        boolean follows = true;

        Table(String name) throws IOException {
            this.name = name;
            this.lines = new Parts("population/" + name);
        }

        /** The next row must be this one, if there is one; a line break inside quotes makes it several lines. */
        void add(String row) {
            if (row == null || !follows) {
                return;
            }
            byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
            for (int from = 0, to; from <= bytes.length; from = to + 1) {
                to = from;
                while (to < bytes.length && bytes[to] != '\n') {
                    to++;
                }
                boolean there = next();
                if (!there || !Arrays.equals(bytes, from, to, lines.bytes, lines.from, lines.to)) {
                    follows = false;
                    fault(
                            21,
                            "population/" + name + " does not follow from the records: it says "
                                    + (there ? lines.text() : "nothing") + ", they say "
                                    + new String(bytes, from, to - from, StandardCharsets.UTF_8));
                    return;
                }
            }
        }

        void end() {
            if (follows && next()) {
                fault(21, "population/" + name + " has a row that no record gives: " + lines.text());
            }
        }

        boolean next() {
            try {
                return lines.next();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    /** The tables of population/, as README.txt describes them; rows are the lines of the CSV files, the header first. */
    static final class Tables {
        static final String RUNS = "asset,check,due,performed_at,outcome,late_sec,waiver,reason,check_sha256,index";
        static final String ASSETS = "ref,name,kind,environment,criticality,data_class,unit,owner,state_at_start,"
                + "state_at_end,in_scope_from,in_scope_to,changes_in_period,last_changed_at,index";
        static final String CHECKS = "check,check_sha256,title,severity,controls,published_at,published_by,"
                + "first_run_at,last_run_at,pass,fail,error,unknown,not_applicable,missed,index,attested";
        static final String REVIEWS = "ref,asset_ref,asset_name,plan,plan_version,controls,cause,scheduled_on,due_on,"
                + "opened_at,first_notified_at,performed_at,recorded_at,performed_by,channel,assurance,outcome,days_late,"
                + "gap_days,max_gap_days,gap_ok,missed_cause,recovery,config_digest,baseline_digest,changes,approver,"
                + "approved_at,waiver,evidence_count";
        static final String REVIEWS_TOO =
                ",owner,owner_ref,performer_ref,note,corrective_action,cause_recorded_by,why_late,index,approval";
        static final String WAIVERS = "waiver,asset,check,finding,state,category,assertions,bound_to,"
                + "compensating_check,reason,ticket,from,until,renewals,requested_by,requested_at,approved_by,denied_by,"
                + "decided_at,decision_reason,revoked_by,revoked_at,expired_at,index";
        static final String EXPOSURE = "finding,asset,check,severity,state,last_good_at,first_bad_at,detected_at,"
                + "last_bad_at,fixed_at,min_seconds,max_seconds,in_period_min_seconds,in_period_max_seconds,acknowledged_at";

        static final String CHANGED = "at,type,id,field,before,after,by,index,before_index";
        static final String PLANS = "plan,version,title,from,to,scope,cadence,zone,max_gap_days,lead_time,grace,"
                + "missed_after,assurance,approval,self_approval,drift,required_protections,frameworks,reminders,"
                + "checklist,instructions,by,index";
        /** What ends a role. */
        static final Set<String> TAKEN = Set.of("role.granted", "role.revoked", "person.deactivated", "token.revoked");

        static final String ROLES = "actor_ref,name,role,from,to,appointed_by";

        static final String EXCEPTIONS = "kind,subject,due,at,owner,detail,index";

        final long layout;
        final Gaps gaps;
        final Map<String, String> makers = new HashMap<>();
        final List<String> approvals = new ArrayList<>();
        final Map<String, Row> missed = new TreeMap<>();
        /** Of the newest result of each asset and check. */
        final Map<String, String> waived = new HashMap<>();

        final Instant start;
        final Instant end;
        final Map<String, String> people;
        /** The private texts of the record that is being added, by their field. */
        Map<String, String> texts = Map.of();

        final Map<String, Row> assets = new TreeMap<>();
        final Map<String, Row> checks = new TreeMap<>();
        final Map<String, Row> reviews = new TreeMap<>(Tables::byNumber);
        final Map<String, Row> waivers = new TreeMap<>(Tables::byNumber);
        final Map<String, Row> exposures = new LinkedHashMap<>();
        final Map<String, Row> openExposures = new HashMap<>();
        final Map<String, List<Row>> toldBy = new TreeMap<>();
        final Map<String, List<Row>> plans = new TreeMap<>();
        /** By each reference that a record of the bundle has, the roles they had, the oldest first. */
        final Map<String, List<Row>> roles = new TreeMap<>();
        /** Of what a rule is about, its fields after the last change, and under no name the index of that. */
        final Map<String, TreeMap<String, String>> rules = new HashMap<>();
        /** The rows of the settings as they are when the period begins, until it does. */
        final Map<String, List<String>> settings = new TreeMap<>();

        boolean begun;

        Instant newestBeforeEnd = Instant.MIN;
        /** Up to which what is not over grows late: of the period in layout 1, then of all. */
        Instant newest = Instant.MIN;

        /** Cells by their column, and what is needed to fill them. */
        static final class Row extends LinkedHashMap<String, Object> {
            private static final long serialVersionUID = 1L;
            boolean touched;
            Instant recordedAt = Instant.MIN;
            /** When each mail about a review was taken, without those that came back. */
            final Map<String, Object> told = new LinkedHashMap<>();

            String said(String column) {
                return String.valueOf(getOrDefault(column, ""));
            }

            boolean waits() {
                return Set.of("scheduled", "open", "acknowledged").contains(said("state"));
            }

            Row take(Map<?, ?> from, String... columns) {
                for (String column : columns) {
                    put(column, string(from, column));
                }
                return this;
            }

            void count(String column) {
                merge(column, 1L, (one, other) -> (Long) one + (Long) other);
            }

            /** The time a state names, else the one that was known. */
            void time(Map<?, ?> from, String column, Instant otherwise) {
                String text = string(from, column);
                put(column, text.isEmpty() ? otherwise : Verify.time(text));
            }

            /** @param exact whether times have the digits they were recorded with */
            String line(String columns, boolean exact) {
                return csv(Stream.of(columns.split(","))
                        .map(column -> getOrDefault(column, ""))
                        .map(cell -> exact && cell instanceof Instant ? cell.toString() : cell)
                        .toArray());
            }
        }

        Tables(long layout, Map<?, ?> scope, Map<String, String> people) {
            this.layout = layout;
            this.people = people;
            this.start = Instant.parse(scope.get("from") + "T00:00:00Z");
            this.end = Instant.parse(scope.get("to") + "T00:00:00Z").plusSeconds(86_400);
            this.gaps = new Gaps(start, end);
        }

        /** Whether a record is of the period: from layout 2 on a run and a review by when it was due. */
        static boolean covered(long layout, String type, Map<?, ?> record, Instant at, Instant start, Instant end) {
            boolean run = type.equals("check.result") || type.equals("run.missed");
            String due = "";
            if (layout > 1 && run) {
                due = string(map(record, "data"), "due");
            } else if (layout > 1 && type.startsWith("review.")) {
                due = string(map(map(record, "data"), "after"), "due_on");
            }
            Instant when = at;
            try {
                when = due.isEmpty() ? at : time(run ? due : due + "T00:00:00.000000Z");
            } catch (DateTimeException e) {
                // of no form that a time has: it belongs to when it happened
            }
            return !when.isBefore(start) && when.isBefore(end);
        }

        /** Whether a record is of the assets and frameworks asked for. */
        static boolean matches(Map<?, ?> scope, Map<?, ?> record) {
            List<?> frameworks = (List<?>) scope.get("frameworks");
            List<?> assets = (List<?>) scope.get("assets");
            Map<?, ?> data = map(record, "data");
            Map<?, ?> on = map(record, "on");
            Object asset = data.get("asset") instanceof String ref
                    ? ref
                    : "asset".equals(on.get("kind")) ? on.get("id") : null;
            boolean state = String.valueOf(record.get("type")).matches(KEPT);
            List<?> controls = data.get("controls") instanceof List<?> list ? list : List.of();
            boolean framed = frameworks.isEmpty()
                    || state
                    || controls.stream()
                            .anyMatch(control -> frameworks.stream()
                                    .anyMatch(wanted -> control.equals(wanted)
                                            || control.toString().startsWith(wanted + ":")));
            return framed && (assets.isEmpty() || (asset == null ? state : assets.contains(asset)));
        }

        /** Takes a record; returns its row of expected_vs_actual.csv, if it has one. */
        String add(Leaf leaf, Map<?, ?> record) {
            long index = leaf.index;
            String type = leaf.type;
            Instant at = leaf.occurred;
            boolean within = !at.isBefore(start) && at.isBefore(end);
            boolean covered = leaf.covered;
            Map<?, ?> on = map(record, "on");
            Map<?, ?> data = map(record, "data");
            Map<?, ?> after = map(data, "after");
            String subject = string(on, "id");
            String asset =
                    data.get("asset") instanceof String ref ? ref : "asset".equals(on.get("kind")) ? subject : "";
            Map<?, ?> definition = map(data, "check");
            String check = !definition.isEmpty() ? string(definition, "id") : string(data, "check");
            check = check.isEmpty() && "check".equals(on.get("kind")) && !data.containsKey("check") ? subject : check;
            newest = within || layout > 1 ? later(newest, at) : newest;
            if (type.startsWith("review.") && (within || layout > 1)) {
                review(subject, record, asset, covered, index);
            } else if (type.equals("mail.accepted") && (within || layout > 1)) {
                toldBy.getOrDefault(subject, List.of()).forEach(row -> row.told.putIfAbsent(subject, at));
            }
            if (at.isBefore(end)) {
                state(subject, type, record, at, within, asset, check, index);
            }
            boolean missed = type.equals("run.missed");
            if (!covered || !(missed || type.equals("check.result"))) {
                return null;
            }
            String outcome = missed ? "missed" : string(data, "outcome");
            String sha256 = string(definition, "sha256");
            Row row = check(check, sha256);
            row.putIfAbsent("first_run_at", at);
            row.put("last_run_at", at);
            row.count(outcome);
            if (string(map(data, "collector"), "id").equals("attestation")) {
                row.put("attested", true);
            }
            String due = string(data, "due");
            Object exact = missed ? "" : text(at, (String) record.get("occurredAt"));
            return csv(
                    asset,
                    check,
                    layout > 1 ? second(due) : due,
                    layout > 1 && !missed ? at : exact,
                    outcome,
                    missed ? "" : late(due, at),
                    string(data, "waiver"),
                    string(data, "reason"),
                    sha256,
                    index);
        }

        /** The rows of changes.csv that a record makes; a plan's version is noted. */
        List<String> change(Leaf leaf, Map<?, ?> record) {
            List<String> lines = new ArrayList<>();
            boolean rule = RULES.contains(leaf.type) || CHANGES.contains(leaf.type);
            if (!rule || !leaf.occurred.isBefore(end)) {
                return lines;
            }
            Map<?, ?> on = map(record, "on");
            Map<?, ?> data = map(record, "data");
            Map<?, ?> state = map(data, "after");
            String id = string(on, "id");
            String by = string(map(record, "actor"), "ref");
            boolean person = "person".equals(on.get("kind"));
            TreeMap<String, String> before = rules.getOrDefault(on.get("kind") + " " + id, new TreeMap<>());
            TreeMap<String, String> after = new TreeMap<>();
            if (person) {
                if (leaf.type.equals("role.granted")) {
                    after.put("role", string(data, "role"));
                }
            } else {
                if (state.isEmpty()) {
                    after.putAll(before);
                }
                (state.isEmpty() ? data : state).forEach((name, item) -> {
                    String text = inside(item);
                    after.put((String) name, item instanceof Map<?, ?> ? text.substring(1, text.length() - 1) : text);
                });
            }
            after.put("", String.valueOf(leaf.index));
            rules.put(on.get("kind") + " " + id, after);
            if (leaf.type.startsWith("plan.")) {
                plan(id, string(on, "rev"), leaf, state.isEmpty() ? null : after, by);
            }
            String last = before.getOrDefault("", "");
            if (leaf.occurred.isBefore(start)) {
                if (!begun && Set.of("settings", "installation", "holidays").contains(string(on, "kind"))) {
                    after.tailMap("", false)
                            .forEach((field, text) -> lines.add(
                                    csv(leaf.occurred, leaf.type, id, field, "", text, by, leaf.index, last)));
                    settings.put(on.get("kind") + " " + id, List.copyOf(lines));
                }
                return List.of();
            }
            List<String> all = begin();
            TreeSet<String> fields = new TreeSet<>(before.keySet());
            fields.addAll(after.keySet());
            fields.remove("");
            for (String field : fields) {
                String was = before.getOrDefault(field, "");
                String is = after.getOrDefault(field, "");
                if (!was.equals(is)) {
                    lines.add(csv(leaf.occurred, leaf.type, id, field, was, is, by, leaf.index, last));
                }
            }
            if (!person) {
                new TreeMap<>(texts)
                        .forEach((field, text) ->
                                lines.add(csv(leaf.occurred, leaf.type, id, field, "", text, by, leaf.index, last)));
            }
            if (lines.isEmpty()) {
                lines.add(csv(leaf.occurred, leaf.type, id, "", "", "", by, leaf.index, last));
            }
            all.addAll(lines);
            return all;
        }

        /** The settings when the period begins, once. */
        List<String> begin() {
            List<String> all = new ArrayList<>();
            settings.values().forEach(all::addAll);
            settings.clear();
            begun = true;
            return all;
        }

        void plan(String id, String version, Leaf leaf, Map<String, String> says, String by) {
            List<Row> versions = plans.computeIfAbsent(id, key -> new ArrayList<>());
            versions.forEach(row -> row.putIfAbsent("to", leaf.occurred));
            versions.removeIf(row -> !((Instant) row.get("to")).isAfter(start));
            if (says != null) {
                Row row = new Row();
                row.putAll(says);
                row.put("plan", id);
                row.put("version", version);
                row.put("from", leaf.occurred);
                row.put("by", by);
                row.put("index", leaf.index);
                versions.add(row);
            }
        }

        /** Who is named, and which role they are given or lose. */
        void role(Leaf leaf, Map<?, ?> record) {
            String by = string(map(record, "actor"), "ref");
            roles.computeIfAbsent(by, key -> new ArrayList<>());
            boolean given = leaf.type.equals("role.granted") || leaf.type.equals("token.created");
            boolean taken = TAKEN.contains(leaf.type);
            String id = string(map(record, "on"), "id");
            if (!(given || taken)
                    || !leaf.occurred.isBefore(end)
                    || !REFERENCE.matcher(id).matches()) {
                return;
            }
            Map<?, ?> data = map(record, "data");
            List<Row> held = roles.computeIfAbsent(id, key -> new ArrayList<>());
            if (taken) {
                held.stream()
                        .filter(row -> !(row.get("to") instanceof Instant to) || to.isAfter(leaf.occurred))
                        .forEach(row -> row.put("to", leaf.occurred));
            }
            if (given && !string(map(data, "after"), "active").equals("false")) {
                Row row = new Row().take(data, "role");
                row.put("from", leaf.occurred);
                if (leaf.type.equals("token.created")) {
                    row.put("to", time(string(data, "expires")));
                }
                row.put("appointed_by", by);
                held.add(row);
            }
        }

        Stream<Row> held(String ref, List<Row> held) {
            boolean command = ref.startsWith("command:");
            String name = ref.equals("system")
                    ? "Ronde (program)"
                    : command
                            ? ref.substring(8) + " (command on the server)"
                            : name(ref) + (ref.startsWith("t:") ? " (token)" : "");
            if (held.isEmpty()) {
                held.add(new Row());
                held.get(0).put("role", command ? "admin" : "");
            }
            held.forEach(row -> row.put("actor_ref", ref));
            held.forEach(row -> row.put("name", name));
            return held.stream();
        }

        /** A value as text: (a=1; b=2) for an object, a|b for a list. */
        static String inside(Object item) {
            List<String> parts = new ArrayList<>();
            if (item instanceof Map<?, ?> map) {
                map.entrySet().forEach(each -> parts.add(each.getKey() + "=" + inside(each.getValue())));
                return "(" + String.join("; ", parts) + ")";
            } else if (item instanceof List<?> list) {
                list.forEach(each -> parts.add(inside(each)));
                return String.join("|", parts);
            }
            return String.valueOf(item);
        }

        void waived(Leaf leaf, Map<?, ?> record) {
            if (leaf.type.equals("check.result")) {
                Map<?, ?> data = map(record, "data");
                waived.put(string(data, "asset") + "\n" + string(map(data, "check"), "id"), string(data, "waiver"));
            }
        }

        /** What an attestation left to ask about. */
        void doubts(Row row, Map<?, ?> record) {
            Map<?, ?> data = map(record, "data");
            List<?> answered = data.get("answered") instanceof List<?> list ? list : List.of();
            List<Map<?, ?>> results = items(data, "checks");
            results.removeIf(one -> !one.containsKey("record"));
            String weaker = ten(
                    "changes weaker: ",
                    items(data, "changes"),
                    "path",
                    one -> answered.contains(one.get("path"))
                            && string(one, "effect").matches("weaker|wider"));
            String failing = ten(
                    "results failing: ",
                    results,
                    "check",
                    one -> "fail".equals(one.get("outcome"))
                            && string(one, "severity").matches("critical|high")
                            && !Boolean.TRUE.equals(one.get("stale"))
                            && waived.getOrDefault(string(data, "asset") + "\n" + one.get("check"), "")
                                    .isEmpty());
            String unknown = ten("results unknown: ", results, "check", one -> "unknown".equals(one.get("outcome")));
            String both = weaker + (weaker.isEmpty() || failing.isEmpty() ? "" : "; ") + failing;
            row.put("weaker_accepted", said(record, "waiver").isEmpty() ? both : "");
            row.put("attested_with_unknown_results", unknown);
        }

        static String ten(String what, List<Map<?, ?>> all, String id, Predicate<Map<?, ?>> asked) {
            List<String> ids =
                    all.stream().filter(asked).map(item -> string(item, id)).toList();
            String some = String.join("|", ids.subList(0, Math.min(10, ids.size()))) + (ids.size() > 10 ? "|…" : "");
            return ids.isEmpty() ? "" : ids.size() + " of " + all.size() + " " + what + some;
        }

        static List<Map<?, ?>> items(Map<?, ?> data, String name) {
            List<Map<?, ?>> items = new ArrayList<>();
            (data.get(name) instanceof List<?> list ? list : List.of()).forEach(item -> items.add((Map<?, ?>) item));
            return items;
        }

        /** Notes who made which token, approvals by the hand that asked, and runs that did not happen or could not tell. */
        void exception(Leaf leaf, Map<?, ?> record) {
            if (!Set.of("token.created", "review.approved", "waiver.approved", "run.missed", "check.result")
                    .contains(leaf.type)) {
                return;
            }
            Map<?, ?> data = map(record, "data");
            Map<?, ?> after = map(data, "after");
            String subject = string(map(record, "on"), "id");
            String by = string(map(record, "actor"), "ref");
            boolean waiver = leaf.type.equals("waiver.approved");
            if (leaf.type.equals("token.created")) {
                makers.put(subject, by);
            } else if (leaf.covered && (waiver || leaf.type.equals("review.approved"))) {
                String asked = waiver ? string(after, "requested_by") : string(data, "attested_by");
                String approver = waiver ? string(after, "approved_by") : by;
                if (!asked.isEmpty() && hand(asked).equals(hand(approver))) {
                    String detail = "asked for by " + name(asked) + ", approved by " + name(approver) + ", one hand: "
                            + name(hand(asked));
                    String due = string(after, "due_on");
                    String owner = name(string(after, "owner"));
                    approvals.add(csv("approval_by_one_hand", subject, due, leaf.occurred, owner, detail, leaf.index));
                }
            } else if (leaf.covered && (leaf.type.equals("run.missed") || "unknown".equals(data.get("outcome")))) {
                String check = string(map(data, "check"), "id");
                String kind = leaf.type.equals("run.missed") ? "missed_runs" : "unknown_runs";
                Row row = missed.computeIfAbsent(kind + "\n" + check + "\n" + string(data, "reason"), key -> new Row());
                Instant due = second(string(data, "due")) instanceof Instant at ? at : leaf.occurred;
                Instant first = (Instant) row.getOrDefault("due", due);
                row.put("due", due.isBefore(first) ? due : first);
                row.put("last", later(due, (Instant) row.getOrDefault("last", due)));
                row.put("at", later(leaf.occurred, (Instant) row.getOrDefault("at", leaf.occurred)));
                row.count("runs");
                row.putIfAbsent("kind", kind);
                row.putIfAbsent("subject", check);
                row.putIfAbsent("reason", string(data, "reason"));
                row.putIfAbsent("index", leaf.index);
            }
        }

        /** Who made a token, or the token that made it; anybody at the shell of the server is one hand. */
        String hand(String ref) {
            String hand = ref;
            for (int step = 0; step < 9 && makers.containsKey(hand); step++) {
                hand = makers.get(hand);
            }
            return hand.startsWith("command:") ? "command" : hand;
        }

        List<String> exceptions() {
            List<String> lines = new ArrayList<>(List.of(EXCEPTIONS));
            List<Row> due =
                    reviews.values().stream().filter(row -> !upcoming(row)).toList();
            for (String kind : "missed_review overdue_review late_attestation gap_breach drift_closed_without_statement"
                    .split(" ")) {
                due.stream().filter(row -> is(kind, row)).forEach(row -> lines.add(exception(kind, row)));
            }
            lines.addAll(approvals);
            missed.values().forEach(row -> {
                String reason = row.said("reason");
                Instant last = ((Instant) row.get("last")).truncatedTo(ChronoUnit.SECONDS);
                row.put(
                        "detail",
                        row.get("runs") + " runs, the last due " + last + (reason.isEmpty() ? "" : ": " + reason));
                lines.add(row.line(EXCEPTIONS, false));
            });
            for (String kind : List.of("weaker_accepted", "attested_with_unknown_results")) {
                due.stream().filter(row -> is(kind, row)).forEach(row -> lines.add(exception(kind, row)));
            }
            return lines;
        }

        static boolean is(String kind, Row row) {
            boolean late = !Set.of("", "0").contains(row.said("days_late"));
            return switch (kind) {
                case "missed_review" -> row.touched && row.said("state").equals("missed");
                case "overdue_review" -> row.waits() && late;
                case "late_attestation" ->
                    row.touched && late && row.said("state").equals("attested");
                case "gap_breach" -> row.touched && row.said("gap_ok").equals("false");
                case "weaker_accepted", "attested_with_unknown_results" ->
                    row.touched
                            && !row.said("performed_at").isEmpty()
                            && !row.said(kind).isEmpty();
                default ->
                    row.touched
                            && row.said("cause").equals("drift")
                            && row.said("cancel_reason").equals("back_to_attested");
            };
        }

        static String exception(String kind, Row row) {
            Object at = row.getOrDefault("performed_at", "");
            String detail = row.said("days_late") + " days late";
            if (kind.equals("missed_review")) {
                detail = at instanceof Instant done ? "done " + done.truncatedTo(ChronoUnit.SECONDS) : "never done";
                at = second(row.said("missed_at"));
            } else if (kind.equals("gap_breach")) {
                String limit = row.said("max_gap_days") + " days";
                detail = row.said("gap_days").isEmpty()
                        ? "no review before, the limit is " + limit
                        : row.said("gap_days") + " of " + limit;
            } else if (kind.startsWith("drift")) {
                detail = "the configuration came back, and nobody answered";
                at = second(row.said("cancelled_at"));
            } else if (row.containsKey(kind)) {
                detail = row.said(kind);
            }
            String why = kind.equals("gap_breach") || row.containsKey(kind) ? "" : row.said("why_late");
            String whole = detail + (why.isEmpty() ? "" : ": " + why);
            return csv(kind, row.said("ref"), row.said("due_on"), at, row.said("owner"), whole, row.get("index"));
        }

        /** What happens to assets, checks, waivers and findings up to the end of the period. */
        void state(
                String subject,
                String type,
                Map<?, ?> record,
                Instant at,
                boolean within,
                String asset,
                String check,
                long index) {
            Map<?, ?> data = map(record, "data");
            boolean knownAsset = data.get("asset") instanceof String
                    || "asset".equals(map(record, "on").get("kind"));
            newestBeforeEnd = later(newestBeforeEnd, at);
            if (type.equals("check.published") || type.equals("check.retired")) {
                String id = check;
                checks.values().stream()
                        .filter(row -> row.said("check").equals(id) && row.containsKey("published_at"))
                        .forEach(row -> row.putIfAbsent("ended_at", at));
            }
            if (type.equals("check.published")) {
                Row row = check(check, string(map(data, "check"), "sha256"));
                row.remove("ended_at");
                row.take(map(data, "after"), "title", "severity").take(data, "controls");
                row.put("published_at", at);
                row.put("published_by", name(string(map(record, "actor"), "ref")));
                row.put("index", index);
            } else if (type.startsWith("asset.") && knownAsset) {
                asset(asset, type, at, map(data, "after"), index);
            } else if (type.startsWith("waiver.")) {
                waiver(subject, record, at, within, asset, check, index);
            }
            exposure(subject, type, at, data, knownAsset ? asset : "", check);
        }

        /** The time in this text, or the text where it is none. */
        static Object second(String text) {
            try {
                return time(text);
            } catch (DateTimeException e) {
                return text;
            }
        }

        static Object late(String due, Instant performed) {
            try {
                return Math.max(0, Duration.between(time(due), performed).toSeconds());
            } catch (DateTimeException e) {
                return "";
            }
        }

        Row check(String check, String sha256) {
            return checks.computeIfAbsent(check + "\n" + sha256, key -> {
                Row row = new Row();
                row.put("check", check);
                row.put("check_sha256", sha256);
                for (String outcome : List.of("pass", "fail", "error", "unknown", "not_applicable", "missed")) {
                    row.put(outcome, 0L);
                }
                row.put("attested", false);
                return row;
            });
        }

        void asset(String ref, String type, Instant at, Map<?, ?> after, long index) {
            Row row = assets.computeIfAbsent(ref, key -> new Row());
            row.put("ref", ref);
            if (!after.isEmpty() || !row.containsKey("owner")) {
                row.take(after, "name", "kind", "environment", "criticality", "data_class", "unit");
                row.put("owner", name(string(after, "owner")));
            }
            boolean retired = type.equals("asset.retired");
            row.put("state_at_end", retired ? "retired" : "active");
            row.putIfAbsent("state_at_start", "absent");
            row.putIfAbsent("changes_in_period", 0L);
            if (at.isBefore(start)) {
                row.put("state_at_start", row.get("state_at_end"));
            } else {
                row.count("changes_in_period");
            }
            row.putIfAbsent("in_scope_from", at);
            row.put("in_scope_to", retired ? at : "");
            row.put("last_changed_at", at);
            row.put("index", index);
        }

        void review(String ref, Map<?, ?> record, String asset, boolean covered, long index) {
            Row row = reviews.computeIfAbsent(ref, key -> new Row());
            Map<?, ?> data = map(record, "data");
            Map<?, ?> after = map(data, "after");
            row.count("evidence_count");
            row.put("ref", ref);
            row.put("index", index);
            row.touched = after.isEmpty() ? row.touched : covered;
            if (!asset.isEmpty()) {
                row.put("asset_ref", asset);
            }
            if (!string(data, "controls").isEmpty()) {
                row.take(data, "controls");
            }
            String rung = string(data, "rung");
            boolean ofMiss = rung.equals("missed") || rung.startsWith("missed~") || rung.startsWith("recovery-");
            if ("review.undelivered".equals(record.get("type"))) {
                row.told.remove(string(data, "mail"));
            } else if (!string(data, "mail").isEmpty() && !ofMiss && (covered || layout == 1)) {
                toldBy.computeIfAbsent(string(data, "mail"), id -> new ArrayList<>())
                        .add(row);
            }
            switch ((String) record.get("type")) {
                case "review.attested" -> {
                    row.put("waiver_reason", said(record, "waiver"));
                    row.put("note", said(record, "note"));
                    doubts(row, record);
                }
                case "review.withdrawn" -> {
                    row.remove("waiver_reason");
                    row.remove("note");
                }
                case "review.recovered" -> {
                    row.put("missed_cause", said(record, "cause"));
                    row.put("corrective_action", said(record, "action"));
                    row.put("cause_recorded_by", name(string(map(record, "actor"), "ref")));
                }
                case "review.problem" -> row.put("delay", said(record, "text"));
                case "review.extended" -> row.put("delay", said(record, "reason"));
                default -> {}
            }
            if (after.isEmpty()) {
                return;
            }
            for (String column : REVIEWS.split(",")) {
                if (!Set.of("ref", "asset_ref", "controls", "missed_cause", "evidence_count")
                        .contains(column)) {
                    String text = string(after, column);
                    row.put(column, column.endsWith("_at") && !text.isEmpty() ? time(text) : text);
                }
            }
            row.recordedAt = time((String) record.get("recordedAt"));
            row.take(after, "state", "zone", "unmet_since", "made_up_on", "waiver_until");
            row.take(after, "missed_at", "cancelled_at", "cancel_reason", "approval");
            row.put("config_digest", string(after, "snapshot_digest"));
            String stated = string(after, "outcome");
            row.put("outcome", stated.isEmpty() || row.said("state").equals("missed") ? row.said("state") : stated);
            row.put("owner_ref", string(after, "owner"));
            row.put("owner", name(row.said("owner_ref")));
            row.put("performer_ref", row.said("performed_by"));
            row.put("performed_by", name(row.said("performed_by")));
            row.put("approver", name(row.said("approver")));
            boolean over = !row.said("state").isEmpty() && !row.waits();
            String due = row.said("due_on");
            if (layout > 1
                    && over
                    && !due.isEmpty()
                    && Instant.parse(due + "T00:00:00Z").isBefore(start)) {
                reviews.remove(ref);
            }
        }

        void finish(Row row) {
            grow(row);
            boolean late = !Set.of("", "0").contains(row.said("days_late"))
                    || row.said("state").equals("missed");
            String cause = row.said("missed_cause");
            row.put("why_late", !late ? "" : cause.isEmpty() ? row.said("delay") : cause);
        }

        /** Whether it waits for a day after the period, or after the newest record. */
        boolean upcoming(Row row) {
            String due = row.said("due_on");
            if (!row.waits() || due.isEmpty()) {
                return false;
            }
            ZoneId zone = row.said("zone").isEmpty() ? ZoneId.of("Z") : ZoneId.of(row.said("zone"));
            LocalDate day = LocalDate.parse(due);
            return !Instant.parse(due + "T00:00:00Z").isBefore(end) || day.isAfter(LocalDate.ofInstant(newest, zone));
        }

        /** What is not over grows late without a record. */
        void grow(Row row) {
            String until = row.said("waiver_until");
            String reason = row.said("waiver_reason");
            row.put("waiver", until.isEmpty() ? reason : (reason.isEmpty() ? "" : reason + " ") + "(" + until + ")");
            if (row.said("first_notified_at").isEmpty()) {
                row.put(
                        "first_notified_at",
                        row.told.values().stream().findFirst().orElse(""));
            }
            Instant now = layout > 1 && upcoming(row) && end.isBefore(newest) ? end : newest;
            boolean waiting = row.waits();
            boolean undone = row.said("state").equals("missed")
                    && row.said("performed_at").isEmpty()
                    && row.said("made_up_on").isEmpty();
            if (!(waiting || undone) || !now.isAfter(row.recordedAt)) {
                return;
            }
            ZoneId zone = ZoneId.of(row.said("zone"));
            LocalDate day = LocalDate.ofInstant(now, zone);
            if (waiting) {
                long days = ChronoUnit.DAYS.between(LocalDate.parse(row.said("due_on")), day);
                row.put("days_late", String.valueOf(Math.max(0, days)));
            }
            String limit = row.said("max_gap_days");
            String unmet = row.said("unmet_since");
            boolean over = waiting && !unmet.isEmpty() && LocalDate.parse(unmet).isBefore(day);
            if (!row.said("gap_days").isEmpty()) {
                long gap = Long.parseLong(row.said("gap_days"))
                        + ChronoUnit.DAYS.between(LocalDate.ofInstant(row.recordedAt, zone), day);
                row.put("gap_days", String.valueOf(gap));
                over = !limit.isEmpty() && gap > Long.parseLong(limit);
            }
            if (over && !limit.isEmpty()) {
                row.put("gap_ok", "false");
            }
        }

        void waiver(String ref, Map<?, ?> record, Instant at, boolean within, String asset, String check, long index) {
            Row row = waivers.computeIfAbsent(ref, key -> new Row());
            Map<?, ?> data = map(record, "data");
            Map<?, ?> after = map(data, "after");
            row.take(after, "state,category,assertions,bound_to,compensating_check,from,until,renewals".split(","));
            for (String person : List.of("requested_by", "approved_by", "denied_by", "revoked_by")) {
                String behind = string(after, person.replace("_by", "_for"));
                row.put(
                        person,
                        name(string(after, person)) + (behind.isEmpty() ? "" : " (token of " + name(behind) + ")"));
            }
            row.put("waiver", ref);
            row.put("asset", asset.isEmpty() ? row.said("asset") : asset);
            row.put("check", check);
            row.take(data, "finding");
            row.put("index", index);
            row.touched |= within;
            switch ((String) record.get("type")) {
                case "waiver.requested" -> {
                    row.put("requested_at", at);
                    row.put("reason", said(record, "reason"));
                    row.put("ticket", said(record, "ticket"));
                }
                case "waiver.approved", "waiver.denied" -> {
                    row.put("decided_at", at);
                    row.put("decision_reason", said(record, "reason"));
                }
                case "waiver.revoked" -> row.put("revoked_at", at);
                case "waiver.expired" -> row.put("expired_at", at);
                default -> {}
            }
        }

        /** Touched in the period, or approved before it and not over when it begins. */
        boolean belongs(Row row) {
            return row.touched
                    || (!row.said("approved_by").isEmpty()
                            && row.said("revoked_at").isEmpty()
                            && row.said("expired_at").isEmpty()
                            && (!row.said("until").matches("\\d{4}-\\d\\d-\\d\\d")
                                    || !Instant.parse(row.said("until") + "T00:00:00Z")
                                            .isBefore(start)));
        }

        void exposure(String finding, String type, Instant at, Map<?, ?> data, String asset, String check) {
            Map<?, ?> after = map(data, "after");
            String pair = asset + "\n" + check;
            Row row = type.equals("check.result") ? openExposures.get(pair) : exposures.get(finding);
            if (type.equals("finding.opened")) {
                row = new Row();
                row.put("finding", finding);
                row.put("asset", asset);
                row.put("check", check);
                state(row, after, at);
                row.put("last_bad_at", row.get("first_bad_at"));
                exposures.put(finding, row);
                openExposures.put(pair, row);
            } else if (row != null && type.equals("finding.fixed")) {
                state(row, after, at);
                row.time(after, "fixed_at", at);
                openExposures.remove(pair);
            } else if (row != null && type.equals("finding.changed") && after.containsKey("severity")) {
                row.take(after, "severity");
            } else if (row != null && type.equals("finding.acknowledged")) {
                row.time(after, "acknowledged_at", at);
            } else if (row != null && type.equals("check.result") && "fail".equals(data.get("outcome"))) {
                row.put("last_bad_at", data.containsKey("observedAt") ? time(string(data, "observedAt")) : at);
            }
        }

        static void state(Row row, Map<?, ?> after, Instant at) {
            row.take(after, "severity");
            for (String time : List.of("first_bad_at", "detected_at", "last_bad_at")) {
                row.time(after, time, (Instant) row.getOrDefault(time, at));
            }
            if (!string(after, "last_good_at").isEmpty()) {
                row.time(after, "last_good_at", at);
            }
            row.remove("fixed_at");
        }

        boolean measured(Row row) {
            Instant fixed = (Instant) row.get("fixed_at");
            if (fixed != null && fixed.isBefore(start)) {
                return false;
            }
            Instant over = fixed == null ? newestBeforeEnd : fixed;
            Instant bad = (Instant) row.get("first_bad_at");
            Instant lastBad = (Instant) row.get("last_bad_at");
            Instant begin = (Instant) row.getOrDefault("last_good_at", bad);
            row.put("state", fixed == null ? "open" : "fixed");
            row.put("min_seconds", Duration.between(bad, lastBad).toSeconds());
            row.put(
                    "max_seconds",
                    row.containsKey("last_good_at")
                            ? Duration.between(begin, over).toSeconds()
                            : "");
            row.put("in_period_min_seconds", overlap(bad, lastBad));
            row.put("in_period_max_seconds", overlap(begin, over));
            return true;
        }

        long overlap(Instant from, Instant until) {
            Instant begin = later(from, start);
            return until.isAfter(begin) ? Duration.between(begin, until).toSeconds() : 0;
        }

        /** The lines of a table, the header first, each made when it is asked for. */
        Iterator<String> lines(String name) {
            return switch (name) {
                case "assets.csv" -> lines(ASSETS, assets.values().stream());
                case "checks.csv" -> lines(CHECKS + (layout > 1 ? ",ended_at" : ""), checks.values().stream());
                case "reviews.csv" ->
                    lines(
                            REVIEWS + (layout > 1 ? REVIEWS_TOO : ""),
                            reviews.values().stream()
                                    .peek(this::finish)
                                    .filter(row -> layout == 1 || (row.touched && !upcoming(row))));
                case "exceptions.csv" -> exceptions().iterator();
                case "gaps.csv" -> lines(Gaps.COLUMNS, gaps.rows());
                case "upcoming.csv" ->
                    lines(REVIEWS + REVIEWS_TOO, reviews.values().stream().filter(this::upcoming));
                case "waivers.csv" -> lines(WAIVERS, waivers.values().stream().filter(this::belongs));
                case "exposure.csv" ->
                    lines(EXPOSURE, exposures.values().stream().filter(this::measured));
                case "plans.csv" -> lines(PLANS, plans.values().stream().flatMap(List::stream));
                case "users_and_roles.csv" ->
                    lines(ROLES, roles.entrySet().stream().flatMap(each -> held(each.getKey(), each.getValue())));
                default -> throw new Failure(21, "V11 population/" + name + " is no table this verifier knows");
            };
        }

        Iterator<String> lines(String columns, Stream<Row> rows) {
            return Stream.concat(
                            Stream.of(csv((Object[]) columns.split(","))),
                            rows.map(row -> row.line(columns, layout == 1)))
                    .iterator();
        }

        String name(String ref) {
            return people.getOrDefault(ref, ref);
        }

        String said(Map<?, ?> record, String field) {
            return texts.getOrDefault(field, "");
        }

        static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }

        static int byNumber(String one, String other) {
            return one.length() == other.length()
                    ? one.compareTo(other)
                    : Integer.compare(one.length(), other.length());
        }

        static Map<?, ?> map(Map<?, ?> from, String name) {
            return from.get(name) instanceof Map<?, ?> map ? map : Map.of();
        }

        /** Lists are written a|b. */
        static String string(Map<?, ?> from, String name) {
            Object item = from.get(name);
            if (item instanceof List<?> list) {
                return String.join("|", list.stream().map(String::valueOf).toList());
            }
            return item == null || item instanceof Map<?, ?> ? "" : item.toString();
        }

        /** RFC 4180; what a spreadsheet would take for a formula has an apostrophe before it. */
        static String csv(Object... cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < cells.length; i++) {
                String text = cells[i] instanceof Instant time
                        ? time.truncatedTo(ChronoUnit.SECONDS).toString()
                        : cells[i].toString();
                line.append(i == 0 ? "" : ",");
                if (!(cells[i] instanceof Number) && formula(text)) {
                    text = "'" + text;
                }
                boolean quoted = text.startsWith(" ") || text.endsWith(" ");
                for (int at = 0; at < text.length() && !quoted; at++) {
                    char c = text.charAt(at);
                    quoted = c == ',' || c == '"' || c == '\r' || c == '\n';
                }
                line.append(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
            }
            return line.toString();
        }

        /** Apostrophes before the sign belong to it, so that taking one away gives the text back. */
        static boolean formula(String text) {
            int at = 0;
            while (at < text.length() && text.charAt(at) == '\'') {
                at++;
            }
            return at < text.length() && "=+-@\t\r".indexOf(text.charAt(at)) >= 0;
        }
    }

    /** The private texts beside the records: they stand in the order of these. */
    final class Texts implements AutoCloseable {
        final Parts lines = new Parts("data/private.jsonl");
        final Json json = new Json();
        Map<?, ?> next = form(20, "data/private.jsonl", this::read);

        Texts() throws Exception {}

        Map<?, ?> read() throws IOException {
            return lines.next() ? (Map<?, ?>) json.read(lines) : null;
        }

        /** The texts of a record by their fields; each must be the one that it commits to. */
        Map<String, String> of(Map<?, ?> record) throws Exception {
            if (!record.containsKey("priv")
                    && (next == null || !next.get("record").equals(record.get("id")))) {
                return Map.of();
            }
            Map<String, String> texts = new TreeMap<>();
            Map<String, String> commits = commits(record);
            while (next != null && next.get("record").equals(record.get("id"))) {
                String field = (String) next.get("field");
                if (layout > 1 && next.keySet().equals(Set.of("record", "field", "erased", "index"))) {
                    String mark = (String) next.get("erased");
                    String name = next.get("record") + " " + field;
                    if (commits.remove(field) == null) {
                        throw new Failure(20, "V10 the erased text " + name + " is not one that was committed to");
                    }
                    erased.computeIfAbsent((Long) next.get("index"), by -> new TreeMap<>())
                            .put(name, mark);
                    texts.put(field, mark);
                    next = read();
                    continue;
                }
                if (!commitment(next.get("salt"), next.get("text")).equals(commits.remove(field))) {
                    throw new Failure(
                            20,
                            "V10 the private text " + record.get("id") + "/" + field + " is not the one committed to");
                }
                texts.put(field, (String) next.get("text"));
                next = read();
            }
            if (!commits.isEmpty()) {
                throw new Failure(
                        20,
                        "V10 data/private.jsonl lacks texts of record " + record.get("id") + ": " + commits.keySet());
            }
            return texts;
        }

        /** Every text must belong to a record. */
        void end() {
            erased.forEach((by, texts) -> {
                throw new Failure(
                        20,
                        "V10 the record at index " + by + " does not say that this text was erased: "
                                + texts.keySet().iterator().next());
            });
            if (next != null) {
                throw new Failure(
                        20, "V10 a private text of record " + next.get("record") + " is not the one committed to");
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    /** The lines of a file and of its parts NAME.part0002, ...; the parts of a CSV file repeat its header, which is passed over. */
    final class Parts implements AutoCloseable {
        final String path;
        final List<Path> next = new ArrayList<>();
        byte[] header = new byte[0];
        boolean begun;
        InputStream in;
        byte[] bytes = new byte[1 << 17];
        int read;
        /** Where the line stands in the bytes. */
        int from;

        int to = -1;

        Parts(String path) throws IOException {
            this.path = path;
            Path first = dir.resolve(path);
            // All there are, also after a gap: none may stand in the folder unread.
            try (Stream<Path> files = Files.list(first.getParent())) {
                String name = first.getFileName() + ".part";
                files.filter(file -> file.getFileName().toString().startsWith(name))
                        .sorted()
                        .forEach(next::add);
            }
            in = Files.newInputStream(first);
        }

        /** Goes to the next line; false where there is none. */
        boolean next() throws IOException {
            while (!line()) {
                if (next.isEmpty()) {
                    return false;
                }
                in.close();
                in = Files.newInputStream(next.remove(0));
                if (path.endsWith(".csv") && !(line() && Arrays.equals(header, 0, header.length, bytes, from, to))) {
                    fault(
                            path.startsWith("ledger/") ? 13 : 21,
                            "a part of " + path + " does not begin with its header");
                }
            }
            header = begun ? header : Arrays.copyOfRange(bytes, from, to);
            begun = true;
            return true;
        }

        /** Goes to the next line of this file. */
        private boolean line() throws IOException {
            from = to + 1;
            to = from;
            while (true) {
                while (to + 8 <= read && !has((long) EIGHT.get(bytes, to), 0x0a0a0a0a0a0a0a0aL)) {
                    to += 8;
                }
                while (to < read && bytes[to] != '\n') {
                    to++;
                }
                if (to < read) {
                    return true;
                }
                System.arraycopy(bytes, from, bytes, 0, read - Math.min(from, read));
                read = Math.max(0, read - from);
                to = read;
                from = 0;
                bytes = read == bytes.length ? Arrays.copyOf(bytes, 2 * read) : bytes;
                int more = in.read(bytes, read, bytes.length - read);
                if (more <= 0) {
                    boolean rest = to > 0;
                    read = rest ? read : 0;
                    to = rest ? to : -1;
                    return rest;
                }
                read += more;
            }
        }

        String text() {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }

        /** The place of the next comma of the line, or its end. */
        int comma(int at) {
            int comma = at;
            while (comma < to && bytes[comma] != ',') {
                comma++;
            }
            return Math.min(comma, to);
        }

        /** The place behind the digits of this number, if these stand here; else -1. */
        int behind(int at, long number) {
            int length = 1;
            for (long rest = number; rest > 9; rest /= 10) {
                length++;
            }
            long rest = number;
            for (int i = at + length - 1; i >= at; i--, rest /= 10) {
                if (i >= to || bytes[i] != '0' + rest % 10) {
                    return -1;
                }
            }
            return at + length;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** As Instant writes it; of the form that records have, without a formatter. */
    static String text(Instant time, String text) {
        if (!usual(text) || text.startsWith("24", 11) || text.startsWith("60", 17)) {
            return time.toString();
        }
        int micros = time.getNano() / 1_000;
        return micros == 0 ? text.substring(0, 19) + "Z" : micros % 1_000 == 0 ? text.substring(0, 23) + "Z" : text;
    }

    static boolean usual(String text) {
        return text.length() == 27
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(19) == '.'
                && text.charAt(26) == 'Z';
    }

    /** Of the form that records have, read without a formatter; any other that is one, with. */
    static Instant time(String text) {
        boolean usual = usual(text);
        int year = usual ? number(text, 0, 4) : -1;
        int month = usual ? number(text, 5, 7) : -1;
        int day = usual ? number(text, 8, 10) : -1;
        int hour = usual ? number(text, 11, 13) : 24;
        int minute = usual ? number(text, 14, 16) : 60;
        int second = usual ? number(text, 17, 19) : 60;
        int micros = usual ? number(text, 20, 26) : -1;
        if (year < 0 || month < 0 || day < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return Instant.parse(text);
        }
        if (second < 0 || second > 59 || micros < 0) {
            return Instant.parse(text);
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second;
        return Instant.ofEpochSecond(seconds, micros * 1_000L);
    }

    /** The digits from one place to another; -1 where there are other signs. */
    static int number(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    byte[] leaf(byte[] record) {
        return leaf(record, 0, record.length);
    }

    byte[] leaf(byte[] bytes, int from, int to) {
        digest.update((byte) 0);
        digest.update(bytes, from, to - from);
        return digest.digest();
    }

    byte[] node(byte[] left, byte[] right) {
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean ed25519(byte[] key, byte[] message, byte[] signature) throws Exception {
        byte[] spki = Arrays.copyOf(HEX.parseHex("302a300506032b6570032100"), 44);
        System.arraycopy(key, 0, spki, 12, 32);
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
        verifier.update(message);
        try {
            return verifier.verify(signature);
        } catch (java.security.SignatureException e) {
            return false;
        }
    }

    static List<byte[]> hashes(Object list) {
        List<byte[]> hashes = new ArrayList<>();
        for (Object hex : (List<?>) list) {
            hashes.add(HEX.parseHex((String) hex));
        }
        return hashes;
    }

    static String hex(Path file) throws Exception {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HEX.formatHex(digest.digest());
    }

    String text(String path) throws IOException {
        return Files.readString(dir.resolve(path), StandardCharsets.UTF_8);
    }

    /**
     * JSON in the one form in which Ronde writes it: objects, arrays, strings, integers, booleans, without spaces, names in their order, and only
     * what every library reads alike: names of ASCII, numbers that a double holds, texts in NFC. Anything else is refused while it is read, so
     * that nothing needs to be written again and compared. Only the places of values are noted; a value is made when it is asked for, and its object
     * is good until the next document is read.
     */
    static final class Json {
        /** Numbers for each value: where it begins and ends, the value after it and all in it, its name, its kind. */
        private static final int FIELDS = 5;

        private static final int NEXT = 2;
        private static final int NAME = 3;
        private static final int KIND = 4;
        /** The kind of a text that is not to be copied as it stands. */
        private static final int UNUSUAL = 'u';

        private byte[] bytes = new byte[0];
        private int end;
        private int at;
        private int[] values = new int[64 * FIELDS];
        private int used;
        /** The names of members so far, by their number. */
        private String[] names = {""};

        private byte[][] spelled = {new byte[0]};
        /** The first eight bytes of each, and which of the eight they fill. */
        private long[] heads = {0};

        private long[] masks = {0};
        private final Map<String, Integer> numbers = new HashMap<>();
        /** The name that came after each: the same nearly always comes there again; and one that it may stand behind. */
        private int[] after = {0};

        private int[] behind = {0};
        private int last;
        private int newest;
        /** References of people and tokens that stood in what was read. */
        private final Set<String> refs = new HashSet<>();

        /** @param text a document, and perhaps the end of its line */
        static Object of(String text) {
            Json json = new Json();
            json.bytes = text.getBytes(StandardCharsets.UTF_8);
            json.end = json.bytes.length - (text.endsWith("\n") ? 1 : 0);
            json.read(true);
            return json.item(0);
        }

        /** A record, whose facts are looked at but not kept: no table needs them. */
        Map<?, ?> read(Parts lines) {
            bytes = lines.bytes;
            at = lines.from;
            end = lines.to;
            read(false);
            return values[KIND] == '{' ? new Members(0) : Map.of();
        }

        private void read(boolean facts) {
            try {
                used = 0;
                value(0, true, facts);
                if (at != end) {
                    throw new Failure(19, "V9 text after the JSON document");
                }
            } catch (IndexOutOfBoundsException e) {
                throw wrong();
            }
        }

        private Failure wrong() {
            return new Failure(19, "V9 not canonical JSON at character " + at);
        }

        /** An object, whose members are looked up where they stand. */
        private final class Members extends AbstractMap<String, Object> {
            private final int place;

            Members(int place) {
                this.place = place;
            }

            private int find(Object name) {
                for (int i = place + FIELDS; i < values[place + NEXT]; i = values[i + NEXT]) {
                    if (names[values[i + NAME]].equals(name)) {
                        return i;
                    }
                }
                return -1;
            }

            @Override
            public Object get(Object name) {
                int found = find(name);
                return found < 0 ? null : item(found);
            }

            @Override
            public boolean containsKey(Object name) {
                return find(name) >= 0;
            }

            @Override
            public boolean isEmpty() {
                return values[place + NEXT] == place + FIELDS;
            }

            @Override
            public Set<Map.Entry<String, Object>> entrySet() {
                Map<String, Object> all = new LinkedHashMap<>();
                for (int i = place + FIELDS; i < values[place + NEXT]; i = values[i + NEXT]) {
                    all.put(names[values[i + NAME]], item(i));
                }
                return all.entrySet();
            }
        }

        private Object item(int place) {
            int from = values[place];
            int to = values[place + 1];
            switch (values[place + KIND]) {
                case '{':
                    return new Members(place);
                case '[':
                    List<Object> list = new ArrayList<>();
                    for (int i = place + FIELDS; i < values[place + NEXT]; i = values[i + NEXT]) {
                        list.add(item(i));
                    }
                    return list;
                case '"':
                    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
                case UNUSUAL:
                    return decoded(from);
                case 't', 'f':
                    return bytes[from] == 't';
                default:
                    at = from;
                    return number();
            }
        }

        /** @param kept whether the value is needed; what is not is only looked at */
        private void value(int name, boolean kept, boolean facts) {
            int place = used;
            int kind = peek();
            int from = at;
            if (kept) {
                used += FIELDS;
                values = used > values.length ? Arrays.copyOf(values, 2 * used) : values;
            }
            int to = 0;
            if (kind == '{') {
                object(kept, facts);
            } else if (kind == '[') {
                array(kept, facts);
            } else if (kind == '"') {
                from++;
                kind = string() ? kind : UNUSUAL;
                to = at - 1;
                if (to - from == 18 && bytes[from + 1] == ':') {
                    refer(new String(bytes, from, 18, StandardCharsets.ISO_8859_1));
                }
            } else if (kind == 't' || kind == 'f') {
                for (char letter : (kind == 't' ? "true" : "false").toCharArray()) {
                    expect(letter);
                }
            } else {
                number();
            }
            if (kept) {
                values[place] = from;
                values[place + 1] = to;
                values[place + NEXT] = used;
                values[place + NAME] = name;
                values[place + KIND] = kind;
            }
        }

        private void refer(String text) {
            if (!refs.contains(text) && REFERENCE.matcher(text).matches()) {
                refs.add(text);
            }
        }

        private void object(boolean kept, boolean facts) {
            int before = 0;
            at++;
            while (peek() != '}') {
                if (before != 0) {
                    expect(',');
                }
                int name = name();
                if (behind[name] != before) {
                    if (name == before) {
                        throw new Failure(19, "V9 the key " + names[name] + " is doubled");
                    }
                    if (names[name].compareTo(names[before]) < 0) {
                        throw wrong();
                    }
                    behind[name] = before;
                }
                before = name;
                expect(':');
                value(name, kept && (facts || !names[name].equals("facts")), facts);
            }
            at++;
        }

        private void array(boolean kept, boolean facts) {
            boolean first = true;
            at++;
            while (peek() != ']') {
                if (!first) {
                    expect(',');
                }
                first = false;
                value(0, kept, facts);
            }
            at++;
        }

        private int name() {
            expect('"');
            int from = at;
            int next = after[last];
            byte[] known = spelled[next];
            int over = from + known.length;
            if (over < end && bytes[over] == '"' && over > from && starts(next, known)) {
                at = over + 1;
            } else {
                for (byte c = peek(); c != '"'; c = peek()) {
                    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                    boolean other = (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
                    if (!letter && !(other && at > from)) {
                        throw wrong();
                    }
                    at++;
                }
                String text = new String(bytes, from, at++ - from, StandardCharsets.ISO_8859_1);
                if (text.isEmpty()) {
                    throw wrong();
                }
                next = numbers.computeIfAbsent(text, this::added);
                after[last] = next;
            }
            last = next;
            return next;
        }

        private int added(String name) {
            int number = ++newest;
            if (number == names.length) {
                int room = 2 * number;
                names = Arrays.copyOf(names, room);
                spelled = Arrays.copyOf(spelled, room);
                heads = Arrays.copyOf(heads, room);
                masks = Arrays.copyOf(masks, room);
                after = Arrays.copyOf(after, room);
                behind = Arrays.copyOf(behind, room);
            }
            names[number] = name.intern();
            spelled[number] = name.getBytes(StandardCharsets.UTF_8);
            heads[number] = (long) EIGHT.get(Arrays.copyOf(spelled[number], 8), 0);
            masks[number] = name.length() >= 8 ? -1L : (1L << (8 * name.length())) - 1;
            return number;
        }

        /** Whether the name of that number stands here. */
        private boolean starts(int number, byte[] known) {
            if (at + 8 > bytes.length) {
                return same(known);
            }
            boolean head = ((long) EIGHT.get(bytes, at) & masks[number]) == heads[number];
            return head
                    && (known.length <= 8 || Arrays.equals(bytes, at + 8, at + known.length, known, 8, known.length));
        }

        private boolean same(byte[] known) {
            return Arrays.equals(bytes, at, at + known.length, known, 0, known.length);
        }

        /** Passes over a text; whether it has neither escapes nor letters beyond ASCII. */
        private boolean string() {
            expect('"');
            byte[] line = bytes;
            int over = at;
            while (over + 8 <= end) {
                long eight = (long) EIGHT.get(line, over);
                long quotes = is(eight ^ 0x2222222222222222L) | is(eight ^ 0x5c5c5c5c5c5c5c5cL);
                long others = (quotes | eight | (eight - 0x2020202020202020L)) & TOPS;
                if (others != 0) {
                    over += Long.numberOfTrailingZeros(others) >>> 3;
                    break;
                }
                over += 8;
            }
            while (over < end && line[over] >= 0x20 && line[over] != '"' && line[over] != '\\') {
                over++;
            }
            if (over >= end || line[over] != '"') {
                unusual();
                return false;
            }
            at = over + 1;
            return true;
        }

        /** Passes over a text with escapes or with letters beyond ASCII. */
        private void unusual() {
            int from = at;
            int plain = at;
            boolean composed = true;
            for (byte c = peek(); ; c = peek()) {
                if (c != '"' && c != '\\') {
                    if (c >= 0 && c < 0x20) {
                        throw wrong();
                    }
                    at++;
                    continue;
                }
                composed &= latin(plain);
                at++;
                if (c == '"') {
                    if (!composed && !Normalizer.isNormalized(decoded(from), Normalizer.Form.NFC)) {
                        throw wrong();
                    }
                    return;
                }
                escaped();
                plain = at;
            }
        }

        /** Whether what stands from there is ASCII and letters up to U+02FF, which nothing composes; refuses what is not UTF-8. */
        private boolean latin(int from) {
            int i = from;
            while (i < at && (bytes[i] >= 0 || composed(i))) {
                i += bytes[i] >= 0 ? 1 : 2;
            }
            if (i == at) {
                return true;
            }
            byte[] again = new String(bytes, from, at - from, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(again, 0, again.length, bytes, from, at)) {
                throw wrong();
            }
            return false;
        }

        private boolean composed(int i) {
            return bytes[i] >= (byte) 0xc2 && bytes[i] < (byte) 0xcc && i + 1 < at && bytes[i + 1] < (byte) 0xc0;
        }

        /** The text that begins there, which is a good one. */
        private String decoded(int from) {
            StringBuilder out = new StringBuilder();
            at = from;
            for (int plain = from; ; plain = at) {
                while (bytes[at] != '"' && bytes[at] != '\\') {
                    at++;
                }
                out.append(new String(bytes, plain, at - plain, StandardCharsets.UTF_8));
                if (bytes[at++] == '"') {
                    return out.toString();
                }
                out.append(escaped());
            }
        }

        private char escaped() {
            byte c = peek();
            at++;
            int known = "\"\\bfnrt".indexOf(c);
            if (known >= 0) {
                return "\"\\\b\f\n\r\t".charAt(known);
            }
            int sign = c == 'u' ? 16 * Character.digit(bytes[at + 2], 16) + Character.digit(bytes[at + 3], 16) : -1;
            byte[] only = ("00" + HEX.toHexDigits((byte) sign)).getBytes(StandardCharsets.UTF_8);
            if (sign < 1 || sign > 0x1f || "\b\f\n\r\t".indexOf(sign) >= 0 || !same(only)) {
                throw wrong();
            }
            at += 4;
            return (char) sign;
        }

        private long number() {
            int from = at;
            boolean negative = peek() == '-';
            at += negative ? 1 : 0;
            int digits = at;
            long number = 0;
            while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - digits < 17) {
                number = 10 * number + bytes[at++] - '0';
            }
            boolean zero = bytes[digits] == '0' && (negative || at - digits > 1);
            if (at == digits || zero || number >= 1L << 53) {
                at = from;
                throw wrong();
            }
            return negative ? -number : number;
        }

        private byte peek() {
            if (at >= end) {
                throw wrong();
            }
            return bytes[at];
        }

        private void expect(char c) {
            if (peek() != c) {
                throw wrong();
            }
            at++;
        }
    }
}
