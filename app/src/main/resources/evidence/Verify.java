import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Stand-alone verifier of a Ronde evidence bundle: java Verify.java DIR VKEY [CHECKPOINT...]
 * Needs a JDK 17 and nothing else; shares no code with Ronde. Exit codes as in VERIFY.md.
 */
public final class Verify {
    static final HexFormat HEX = HexFormat.of();

    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final int code;

        Failure(int code, String message) {
            super(message);
            this.code = code;
        }
    }

    final Path dir;
    final String vkey;
    final List<byte[]> leaves = new ArrayList<>();
    final TreeMap<String, Long> totals = new TreeMap<>();
    long size;
    byte[] root = new byte[0];
    String origin = "";

    Verify(Path dir, String vkey) {
        this.dir = dir.toAbsolutePath().normalize();
        this.vkey = vkey;
    }

    public static void main(String[] args) {
        if (args.length < 2) {
            System.err.println("usage: java Verify.java DIR VKEY [CHECKPOINT...]");
            System.exit(2);
        }
        int code = 0;
        try {
            Verify verify = new Verify(Path.of(args[0]), args[1]);
            verify.all(Arrays.asList(args).subList(2, args.length));
            System.out.println("VERIFIED " + verify.size + " records, root " + HEX.formatHex(verify.root));
        } catch (Failure e) {
            System.out.println("FAILED " + e.getMessage());
            code = e.code;
        } catch (Exception e) {
            System.out.println("UNREADABLE " + e);
            code = 1;
        }
        System.exit(code);
    }

    void all(List<String> checkpoints) throws Exception {
        sums();
        done("V0 files match SHA256SUMS");
        checkpointBody();
        exportKey();
        done("V1 SHA256SUMS is signed by a key of the log");
        if (!signed(text("ledger/checkpoint"), vkey)) {
            throw new Failure(12, "V2 the checkpoint is not signed by the verifier key you gave");
        }
        done("V2 checkpoint signed, " + size + " records");
        records();
        done("V3 index and counts, V4 leaves, V9 canonical form");
        range();
        done("V5 the range leads to the root");
        for (String file : checkpoints) {
            anchor(file);
        }
        if (checkpoints.isEmpty()) {
            System.out.println("WARNING V6 UNANCHORED: no checkpoint of yours was given");
        }
        attachments();
        done("V10 attachments and private texts");
        figures();
        done("V11 totals follow from the records");
        System.out.println("not re-performed: V8 seal windows (use the product's verifier)");
    }

    static void done(String what) {
        System.out.println("ok  " + what);
    }

    // V0
    void sums() throws Exception {
        TreeSet<String> listed = new TreeSet<>();
        for (String line : text("SHA256SUMS").split("\n")) {
            String path = line.substring(66);
            Path file = dir.resolve(path).normalize();
            if (!file.startsWith(dir)
                    || !Files.isRegularFile(file)
                    || !hex(file).equals(line.substring(0, 64))) {
                throw new Failure(10, "V0 " + path + " is missing or was changed");
            }
            listed.add(path);
        }
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = dir.relativize(file).toString().replace('\\', '/');
                if (!listed.contains(path) && !path.equals("SHA256SUMS") && !path.equals("SHA256SUMS.sig")) {
                    throw new Failure(10, "V0 " + path + " is not listed in SHA256SUMS");
                }
            }
        }
    }

    void checkpointBody() throws IOException {
        String[] lines = text("ledger/checkpoint").split("\n");
        origin = lines[0];
        size = Long.parseLong(lines[1]);
        root = Base64.getDecoder().decode(lines[2]);
    }

    // V1
    void exportKey() throws Exception {
        String pem = text("keys/export.pub.pem").replaceAll("-----[^-]+-----|\\s", "");
        byte[] spki = Base64.getDecoder().decode(pem);
        byte[] key = Arrays.copyOfRange(spki, 12, spki.length);
        byte[] sums = Files.readAllBytes(dir.resolve("SHA256SUMS"));
        if (!ed25519(key, sums, Files.readAllBytes(dir.resolve("SHA256SUMS.sig")))) {
            throw new Failure(11, "V1 SHA256SUMS is not signed by keys/export.pub.pem");
        }
        for (Object item : (List<?>) new Json(text("keys/key-history.json")).read()) {
            Map<?, ?> entry = (Map<?, ?>) item;
            String record = (String) entry.get("record");
            Map<?, ?> data = (Map<?, ?>) ((Map<?, ?>) new Json(record).read()).get("data");
            String[] parts = ((String) data.get("vkey")).split("\\+", 3);
            byte[] typed = Base64.getDecoder().decode(parts[2]);
            boolean same = "export".equals(data.get("purpose")) && Arrays.equals(key, Arrays.copyOfRange(typed, 1, 33));
            if (same && included(leaf(record), (Long) entry.get("index"), size, hashes(entry.get("proof")))) {
                return;
            }
        }
        throw new Failure(11, "V1 keys/export.pub.pem is not a key that this log announced");
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

    // V2: C2SP signed note under a vkey
    static boolean signed(String note, String vkey) throws Exception {
        String[] parts = vkey.strip().split("\\+", 3);
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update((parts[0] + "\n").getBytes(StandardCharsets.UTF_8));
        byte[] id = Arrays.copyOf(digest.digest(typed), 4);
        if (!HEX.formatHex(id).equals(parts[1])) {
            throw new Failure(2, "the verifier key is mistyped: its id does not belong to it");
        }
        int gap = note.indexOf("\n\n");
        if (gap < 0) {
            throw new Failure(12, "V2 not a signed note");
        }
        byte[] body = note.substring(0, gap + 1).getBytes(StandardCharsets.UTF_8);
        boolean named = note.startsWith(parts[0] + "\n");
        for (String line : note.substring(gap + 2).split("\n")) {
            String[] words = line.split(" ");
            byte[] both = words.length == 3 ? Base64.getDecoder().decode(words[2]) : new byte[0];
            if (named
                    && both.length == 68
                    && words[1].equals(parts[0])
                    && Arrays.equals(id, Arrays.copyOf(both, 4))
                    && ed25519(Arrays.copyOfRange(typed, 1, 33), body, Arrays.copyOfRange(both, 4, 68))) {
                return true;
            }
        }
        return false;
    }

    // V3, V4, V9
    void records() throws Exception {
        Map<?, ?> manifest = (Map<?, ?>) new Json(text("manifest.json")).read();
        Map<?, ?> range = (Map<?, ?>) manifest.get("range");
        long from = (Long) range.get("from");
        long until = (Long) range.get("until");
        Map<?, ?> scope = (Map<?, ?>) manifest.get("scope");
        Instant first = Instant.parse(scope.get("from") + "T00:00:00Z");
        Instant end = Instant.parse(scope.get("to") + "T00:00:00Z").plusSeconds(86_400);
        long line = 0;
        long index = from;
        try (Parts rows = new Parts("ledger/index.csv");
                Parts lines = new Parts("data/records.jsonl")) {
            rows.readLine();
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                String[] cells = row.split(",", -1);
                if (Long.parseLong(cells[0]) != index) {
                    throw new Failure(13, "V3 index " + index + " is missing or doubled");
                }
                byte[] hash = HEX.parseHex(cells[1]);
                if (!cells[3].isEmpty()) {
                    line++;
                    if (Long.parseLong(cells[3]) != line) {
                        throw new Failure(13, "V3 index " + index + " points to line " + cells[3]);
                    }
                    String record = lines.readLine();
                    if (record == null || !Arrays.equals(leaf(record), hash)) {
                        throw new Failure(14, "V4 line " + line + " is not the record sealed at index " + index);
                    }
                    canonical(record, cells[2], index, first, end);
                }
                leaves.add(hash);
                index++;
            }
            if (lines.readLine() != null) {
                throw new Failure(14, "V4 data/records.jsonl has more lines than the index");
            }
        }
        if (index != until) {
            throw new Failure(13, "V3 the index ends at " + index + " instead of " + until);
        }
        counted(manifest, until - from, line);
    }

    /** What is withheld must be counted, with a reason for each; records that wait to be sealed are no part of the range. */
    static void counted(Map<?, ?> manifest, long all, long disclosed) {
        Map<?, ?> counts = (Map<?, ?>) manifest.get("counts");
        long reasons = 0;
        for (Object item : (List<?>) manifest.get("omissions")) {
            Map<?, ?> omission = (Map<?, ?>) item;
            long count = (Long) omission.get("count");
            if (count < 0) {
                throw new Failure(13, "V3 manifest.json omits " + count);
            }
            if ("records".equals(omission.get("what")) && !((String) omission.get("why")).startsWith("not sealed: ")) {
                reasons += count;
            }
        }
        TreeMap<String, Long> found = new TreeMap<>();
        found.put("leaves", all);
        found.put("disclosed", disclosed);
        found.put("withheld", all - disclosed);
        found.forEach((name, count) -> {
            if (!count.equals(counts.get(name))) {
                throw new Failure(13, "V3 the index has " + count + " " + name + ", not " + counts.get(name));
            }
        });
        if (reasons != all - disclosed) {
            throw new Failure(13, "V3 " + (all - disclosed) + " are withheld, with reasons for " + reasons);
        }
    }

    void canonical(String record, String type, long index, Instant first, Instant end) {
        Map<?, ?> leaf = (Map<?, ?>) new Json(record).read();
        StringBuilder out = new StringBuilder();
        Json.write(out, leaf);
        if (!out.toString().equals(record) || !type.equals(leaf.get("type"))) {
            throw new Failure(19, "V9 the record at index " + index + " is not canonical");
        }
        Instant at = Instant.parse((String) leaf.get("occurredAt"));
        if (at.isBefore(first) || !at.isBefore(end)) {
            return;
        }
        totals.merge("records", 1L, Long::sum);
        Map<?, ?> data = (Map<?, ?>) leaf.get("data");
        switch (type) {
            case "check.result" -> {
                totals.merge("check_runs", 1L, Long::sum);
                totals.merge("check_runs." + data.get("outcome"), 1L, Long::sum);
            }
            case "run.missed" -> totals.merge("runs_missed", 1L, Long::sum);
            case "review.attested" -> totals.merge("reviews_attested", 1L, Long::sum);
            case "review.missed" -> totals.merge("reviews_missed", 1L, Long::sum);
            case "finding.opened" -> totals.merge("findings_opened", 1L, Long::sum);
            case "finding.fixed" -> totals.merge("findings_fixed", 1L, Long::sum);
            default -> {}
        }
    }

    // V5
    void range() throws Exception {
        Map<?, ?> proof = (Map<?, ?>) new Json(text("ledger/range-proof.json")).read();
        long a = (Long) proof.get("a");
        long b = (Long) proof.get("b");
        ArrayList<byte[]> left = new ArrayList<>(hashes(proof.get("left")));
        ArrayList<byte[]> right = new ArrayList<>(hashes(proof.get("right")));
        boolean shape =
                (Long) proof.get("n") == size && b - a == leaves.size() && a >= 0 && b <= size && a <= b && size > 0;
        if (!shape || !Arrays.equals(tree(0, size, a, b, left, right), root) || !left.isEmpty() || !right.isEmpty()) {
            throw new Failure(15, "V5 the leaves from " + a + " to " + b + " do not lead to the root");
        }
    }

    byte[] tree(long low, long high, long a, long b, List<byte[]> left, List<byte[]> right) throws Exception {
        if (high <= a || low >= b) {
            List<byte[]> cover = high <= a ? left : right;
            if (cover.isEmpty()) {
                throw new Failure(15, "V5 the range proof is too short");
            }
            return cover.remove(0);
        }
        if (high - low == 1) {
            return leaves.get(Math.toIntExact(low - a));
        }
        long middle = low + Long.highestOneBit(high - low - 1);
        return node(tree(low, middle, a, b, left, right), tree(middle, high, a, b, left, right));
    }

    // V6: recompute the auditor's root from the leaves where the range reaches it, else use the consistency proof
    void anchor(String file) throws Exception {
        String note = note(file);
        if (!signed(note, vkey)) {
            throw new Failure(16, "V6 " + file + " is not signed by the verifier key you gave");
        }
        String[] lines = note.split("\n");
        long m = Long.parseLong(lines[1]);
        byte[] old = Base64.getDecoder().decode(lines[2]);
        long a = (Long) ((Map<?, ?>) new Json(text("ledger/range-proof.json")).read()).get("a");
        if (m > size) {
            throw new Failure(16, "V6 your checkpoint has " + m + " records, this bundle only " + size);
        }
        if (m == size ? !Arrays.equals(old, root) : !grew(m, old, a)) {
            throw new Failure(16, "V6 the log of this bundle does not extend your checkpoint of " + m + " records");
        }
        done("V6 extends your checkpoint of " + m + " records");
    }

    /** A note may be kept alone or inside the text of the mail that brought it. */
    static String note(String file) throws IOException {
        String text = Files.readString(Path.of(file), StandardCharsets.UTF_8).replace("\r\n", "\n");
        java.util.regex.Matcher note = java.util.regex.Pattern.compile(
                        "(?m)^\\S+\\n[0-9]+\\n[A-Za-z0-9+/]{43}=\\n\\n(?:\u2014 \\S+ \\S+(?:\\n|$))+")
                .matcher(text);
        return note.find() ? note.group().stripTrailing() + "\n" : text;
    }

    boolean grew(long m, byte[] old, long a) throws Exception {
        if (a == 0 && m <= leaves.size()) {
            return m > 0 && Arrays.equals(old, tree(0, m, 0, m, new ArrayList<>(), new ArrayList<>()));
        }
        for (Object item : (List<?>) new Json(text("ledger/consistency.json")).read()) {
            Map<?, ?> entry = (Map<?, ?>) item;
            if ((Long) entry.get("size") == m) {
                return consistent(m, old, hashes(entry.get("proof")));
            }
        }
        return false;
    }

    boolean consistent(long m, byte[] old, List<byte[]> given) throws Exception {
        List<byte[]> proof = new ArrayList<>(given);
        if (Long.bitCount(m) == 1) {
            proof.add(0, old);
        }
        if (proof.isEmpty()) {
            return false;
        }
        long first = m - 1;
        long second = size - 1;
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
        return second == 0 && Arrays.equals(one, old) && Arrays.equals(two, root);
    }

    // V10
    void attachments() throws Exception {
        Map<String, String> commits = new LinkedHashMap<>();
        TreeSet<String> wanted = new TreeSet<>();
        try (Parts lines = new Parts("data/records.jsonl")) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<?, ?> leaf = (Map<?, ?>) new Json(line).read();
                for (Object item : leaf.get("priv") instanceof List<?> list ? list : List.of()) {
                    Map<?, ?> entry = (Map<?, ?>) item;
                    commits.put(leaf.get("id") + "/" + entry.get("field"), (String) entry.get("commit"));
                }
                for (Object item : leaf.get("att") instanceof List<?> list ? list : List.of()) {
                    wanted.add((String) ((Map<?, ?>) item).get("sha256"));
                }
            }
        }
        try (Parts lines = new Parts("data/private.jsonl")) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<?, ?> entry = (Map<?, ?>) new Json(line).read();
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(HEX.parseHex((String) entry.get("salt")));
                String commit =
                        HEX.formatHex(digest.digest(((String) entry.get("text")).getBytes(StandardCharsets.UTF_8)));
                if (!commit.equals(commits.get(entry.get("record") + "/" + entry.get("field")))) {
                    throw new Failure(
                            20, "V10 a private text of record " + entry.get("record") + " is not the one committed to");
                }
            }
        }
        TreeSet<String> found = new TreeSet<>();
        Path blobs = dir.resolve("data/blobs");
        if (Files.isDirectory(blobs)) {
            try (Stream<Path> files = Files.list(blobs)) {
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString().replaceAll("\\..*", "");
                    if (!hex(file).equals(name)) {
                        throw new Failure(20, "V10 the attachment " + name + " was changed");
                    }
                    found.add(name);
                }
            }
        }
        if (!found.equals(wanted)) {
            throw new Failure(20, "V10 attachments are missing or nobody refers to them");
        }
    }

    // V11
    void figures() throws Exception {
        Map<?, ?> claimed = (Map<?, ?>) ((Map<?, ?>) new Json(text("manifest.json")).read()).get("totals");
        TreeMap<String, Long> stated = new TreeMap<>();
        claimed.forEach((name, count) -> {
            if ((Long) count != 0) {
                stated.put((String) name, (Long) count);
            }
        });
        if (!stated.equals(totals)) {
            throw new Failure(21, "V11 the totals of manifest.json do not follow from the records: " + totals);
        }
        long rows = -1;
        try (Parts lines = new Parts("population/expected_vs_actual.csv")) {
            while (lines.readLine() != null) {
                rows++;
            }
        }
        long runs = totals.getOrDefault("check_runs", 0L) + totals.getOrDefault("runs_missed", 0L);
        if (rows < runs) {
            throw new Failure(21, "V11 expected_vs_actual.csv has " + rows + " rows for " + runs + " runs");
        }
    }

    /** The lines of a file and of its parts NAME.part0002, ...; the parts of a CSV file repeat its header, which is passed over. */
    final class Parts implements AutoCloseable {
        final String path;
        final String header;
        int part = 1;
        BufferedReader reader;

        Parts(String path) throws IOException {
            this.path = path;
            Path first = dir.resolve(path);
            try (BufferedReader head = Files.newBufferedReader(first)) {
                header = path.endsWith(".csv") ? head.readLine() : null;
            }
            reader = Files.newBufferedReader(first);
        }

        String readLine() throws IOException {
            String line = reader.readLine();
            while (line == null) {
                part++;
                Path next = dir.resolve(path + String.format(java.util.Locale.ROOT, ".part%04d", part));
                if (!Files.isRegularFile(next)) {
                    return null;
                }
                reader.close();
                reader = Files.newBufferedReader(next);
                line = reader.readLine();
                if (header != null && header.equals(line)) {
                    line = reader.readLine();
                }
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    static byte[] leaf(String record) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update((byte) 0);
        return digest.digest(record.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] node(byte[] left, byte[] right) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
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
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
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

    /** Just enough JSON: objects, arrays, strings, integers, booleans. */
    static final class Json {
        final String text;
        int at;

        Json(String text) {
            this.text = text.strip();
        }

        Object read() {
            Object value = value();
            if (at != text.length()) {
                throw new Failure(19, "V9 text after the JSON document");
            }
            return value;
        }

        Object value() {
            char c = text.charAt(at);
            if (c == '{') {
                Map<String, Object> map = new TreeMap<>();
                at++;
                while (text.charAt(at) != '}') {
                    if (!map.isEmpty()) {
                        expect(',');
                    }
                    String key = string();
                    expect(':');
                    if (map.put(key, value()) != null) {
                        throw new Failure(19, "V9 the key " + key + " is doubled");
                    }
                }
                at++;
                return map;
            }
            if (c == '[') {
                List<Object> list = new ArrayList<>();
                at++;
                while (text.charAt(at) != ']') {
                    if (!list.isEmpty()) {
                        expect(',');
                    }
                    list.add(value());
                }
                at++;
                return list;
            }
            if (c == '"') {
                return string();
            }
            if (text.startsWith("true", at) || text.startsWith("false", at)) {
                at += c == 't' ? 4 : 5;
                return c == 't';
            }
            int start = at;
            while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            try {
                return Long.parseLong(text.substring(start, at));
            } catch (NumberFormatException e) {
                throw new Failure(19, "V9 not canonical JSON at character " + start);
            }
        }

        String string() {
            expect('"');
            StringBuilder out = new StringBuilder();
            for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
                if (c != '\\') {
                    out.append(c);
                    continue;
                }
                char escape = text.charAt(at++);
                int plain = "\"\\/bfnrt".indexOf(escape);
                if (plain >= 0) {
                    out.append("\"\\/\b\f\n\r\t".charAt(plain));
                } else {
                    out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                    at += 4;
                }
            }
            return out.toString();
        }

        void expect(char c) {
            if (text.charAt(at++) != c) {
                throw new Failure(19, "V9 not canonical JSON at character " + at);
            }
        }

        static void write(StringBuilder out, Object value) {
            if (value instanceof Map<?, ?> map) {
                char separator = '{';
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(separator);
                    write(out, entry.getKey());
                    out.append(':');
                    write(out, entry.getValue());
                    separator = ',';
                }
                out.append(map.isEmpty() ? "{}" : "}");
            } else if (value instanceof List<?> list) {
                char separator = '[';
                for (Object item : list) {
                    out.append(separator);
                    write(out, item);
                    separator = ',';
                }
                out.append(list.isEmpty() ? "[]" : "]");
            } else if (value instanceof String text) {
                out.append('"');
                for (char c : text.toCharArray()) {
                    int plain = "\"\\\b\f\n\r\t".indexOf(c);
                    if (plain >= 0) {
                        out.append('\\').append("\"\\bfnrt".charAt(plain));
                    } else if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
                out.append('"');
            } else {
                out.append(value);
            }
        }
    }
}
