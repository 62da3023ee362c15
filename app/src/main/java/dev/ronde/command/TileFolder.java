package dev.ronde.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A copy of the log in the files of C2SP tlog-tiles. What is there stays as it is; a file appears under its name when it is whole. */
final class TileFolder {
    private final Path folder;
    private final ApiClient api;
    private long added;
    private long purged;

    TileFolder(Path folder, ApiClient api) {
        this.folder = folder;
        this.api = api;
    }

    record Result(long size, long added, List<String> notes) {}

    Result copy(boolean records) {
        JsonNode head = api.get("/api/v1/ledger/checkpoint");
        String note = head.path("checkpoint").asString("");
        long size = head.path("tree_size").asLong();
        try {
            requireSameLog(note, size);
            for (int level = 0; level <= 3; level++) {
                tiles(String.valueOf(level), size >>> (8 * level));
            }
            if (records) {
                tiles("entries", size);
            }
            return new Result(size, added, checkpoint(note, size));
        } catch (IOException e) {
            throw CommandFailed.of("Cannot write to " + folder + ": " + e);
        }
    }

    private void requireSameLog(String note, long size) throws IOException {
        Path file = folder.resolve("checkpoint");
        if (!Files.exists(file)) {
            return;
        }
        String[] there = Files.readString(file).split("\n", 3);
        if (there.length < 3
                || !there[0].equals(note.split("\n", 2)[0])
                || !there[1].matches("[0-9]{1,18}")
                || Long.parseLong(there[1]) > size) {
            throw CommandFailed.of(
                    file + " is of another log, or of a longer one: name another folder, and find out why"
                            + " if it should be of this one.");
        }
    }

    private void tiles(String level, long count) throws IOException {
        for (long index = 0; index <= count >>> 8; index++) {
            int width = (int) Math.min(256, count - index * 256);
            Path file = folder.resolve("tile/" + level + "/" + path(index) + (width < 256 ? ".p/" + width : ""));
            if (width > 0 && !Files.exists(file)) {
                tile(level, index, width, file);
            }
        }
    }

    private void tile(String level, long index, int width, Path file) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (JsonNode item : api.get("/api/v1/ledger/tile?level=" + level + "&index=" + index + "&width=" + width)
                .path("items")) {
            if (item.isNull()) {
                purged++;
                return;
            }
            byte[] bytes = Base64.getDecoder().decode(item.asString(""));
            if (level.equals("entries")) {
                content.write(bytes.length >>> 8);
                content.write(bytes.length);
            }
            content.write(bytes);
        }
        write(file, content.toByteArray());
    }

    /** Where files cannot be replaced, the newest is the one of the largest size in {@code checkpoints}. */
    private List<String> checkpoint(String note, long size) throws IOException {
        List<String> notes = new ArrayList<>();
        if (purged > 0) {
            notes.add(purged + " entry bundles left out: retention took a record of each.");
        }
        byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
        Path own = folder.resolve("checkpoints").resolve(String.valueOf(size));
        if (!Files.exists(own)) {
            write(own, bytes);
        }
        try {
            Path file = folder.resolve("checkpoint");
            if (!Files.exists(file) || !Files.readString(file).equals(note)) {
                write(file, bytes);
            }
        } catch (IOException e) {
            notes.add("checkpoint cannot be replaced there; the newest is checkpoints/" + size + ".");
        }
        return notes;
    }

    private void write(Path file, byte[] content) throws IOException {
        Path parent = Files.createDirectories(file.resolveSibling(""));
        Path part = Files.write(parent.resolve(file.getFileName() + ".part"), content);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        added++;
    }

    /** As tlog-tiles writes numbers: 1234067 is {@code x001/x234/067}. */
    static String path(long index) {
        String last = String.format("%03d", index % 1000);
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            last = "x" + String.format("%03d", rest % 1000) + "/" + last;
        }
        return last;
    }
}
