package dev.ronde.evidence.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** RFC 7468 text armour for one block. */
final class Pem {
    private Pem() {}

    static String encode(String label, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    static byte[] decode(String label, String pem) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        int from = pem.indexOf(begin);
        int until = pem.indexOf(end);
        if (from < 0 || until < from) {
            throw new IllegalArgumentException("no " + label + " block found");
        }
        return Base64.getMimeDecoder()
                .decode(pem.substring(from + begin.length(), until).getBytes(StandardCharsets.US_ASCII));
    }
}
