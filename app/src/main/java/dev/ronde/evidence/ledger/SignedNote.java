package dev.ronde.evidence.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** A C2SP signed note: a text that ends in LF, an empty line, and one or more signature lines. */
public record SignedNote(String text, List<Line> signatures) {
    private static final String DASH = "\u2014 ";

    /** One signature line; {@code signature} is base64 of the 4-byte key id and the signature. */
    public record Line(String name, String signature) {
        /** Whether it claims to be of this key. */
        public boolean isOf(VerifierKey key) {
            byte[] both = Base64.getDecoder().decode(signature);
            return name.equals(key.name())
                    && HexFormat.of().formatHex(both, 0, 4).equals(key.keyId());
        }

        /** As it stands in a note, without its line end. */
        public String encoded() {
            return DASH + name + " " + signature;
        }

        public static Line parse(String line) {
            String[] parts =
                    line.startsWith(DASH) ? line.substring(DASH.length()).split(" ", -1) : new String[0];
            if (parts.length != 2 || parts[0].isEmpty()) {
                throw new IllegalArgumentException("not a signature line: " + line);
            }
            if (Base64.getDecoder().decode(parts[1]).length < 5) {
                throw new IllegalArgumentException("signature too short: " + line);
            }
            return new Line(parts[0], parts[1]);
        }
    }

    public SignedNote {
        if (!text.endsWith("\n") || text.endsWith("\n\n") || signatures.isEmpty()) {
            throw new IllegalArgumentException("a note has a text ending in LF and at least one signature");
        }
        signatures = List.copyOf(signatures);
    }

    public static SignedNote sign(String text, SigningKey key, String name) {
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] id = HexFormat.of().parseHex(key.verifierKey(name).keyId());
        byte[] both = Arrays.copyOf(id, 4 + signature.length);
        System.arraycopy(signature, 0, both, 4, signature.length);
        return new SignedNote(text, List.of(new Line(name, Base64.getEncoder().encodeToString(both))));
    }

    /** Reads a note; {@link IllegalArgumentException} if it is not exactly of the form above. */
    public static SignedNote parse(String note) {
        int gap = note.lastIndexOf("\n\n");
        if (gap < 0 || gap + 2 >= note.length() || !note.endsWith("\n")) {
            throw new IllegalArgumentException("not a signed note: no empty line before the signatures");
        }
        List<Line> lines = new ArrayList<>();
        for (String line : note.substring(gap + 2, note.length() - 1).split("\n", -1)) {
            lines.add(Line.parse(line));
        }
        return new SignedNote(note.substring(0, gap + 1), lines);
    }

    /** True if one of the lines is a valid signature under {@code key}; lines of other keys are ignored. */
    public boolean isSignedBy(VerifierKey key) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        for (Line line : signatures) {
            byte[] both = Base64.getDecoder().decode(line.signature());
            if (line.isOf(key) && key.verifies(message, Arrays.copyOfRange(both, 4, both.length))) {
                return true;
            }
        }
        return false;
    }

    /** The note as it is stored and sent, ending in LF. */
    public String encoded() {
        StringBuilder out = new StringBuilder(text).append('\n');
        signatures.forEach(line -> out.append(line.encoded()).append('\n'));
        return out.toString();
    }
}
