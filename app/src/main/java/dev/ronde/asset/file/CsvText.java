package dev.ronde.asset.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * The text of an uploaded file: UTF-8 with or without BOM, UTF-16 with BOM (Excel's "Unicode text"), else Windows-1252.
 *
 * @param charset the encoding that was found, for people to see
 */
record CsvText(String text, String charset) {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    static CsvText decode(byte[] bytes) {
        if (starts(bytes, 0xEF, 0xBB, 0xBF)) {
            return utf8(bytes, 3);
        }
        if (starts(bytes, 0xFF, 0xFE)) {
            return new CsvText(new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE), "UTF-16");
        }
        if (starts(bytes, 0xFE, 0xFF)) {
            return new CsvText(new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE), "UTF-16");
        }
        return utf8(bytes, 0);
    }

    private static CsvText utf8(byte[] bytes, int from) {
        ByteBuffer content = ByteBuffer.wrap(bytes, from, bytes.length - from);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(content)
                    .toString();
            return new CsvText(text, "UTF-8");
        } catch (CharacterCodingException notUtf8) {
            return new CsvText(new String(bytes, from, bytes.length - from, WINDOWS), "Windows-1252");
        }
    }

    private static boolean starts(byte[] bytes, int... mark) {
        return bytes.length >= mark.length
                && IntStream.range(0, mark.length).allMatch(index -> (bytes[index] & 0xFF) == mark[index]);
    }
}
