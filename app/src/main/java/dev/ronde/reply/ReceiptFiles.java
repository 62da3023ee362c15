package dev.ronde.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The files a receipt tells of: those of its answer, and those of answers whose own receipts it stands for. */
public record ReceiptFiles(List<String> files, List<Refused> refused) {
    static final String EARLIER = "earlier";

    static final ReceiptFiles NONE = new ReceiptFiles(List.of(), List.of());

    /**
     * A file that was not kept; two may have one name.
     *
     * @param why the word for it
     */
    public record Refused(String name, String why) {}

    public ReceiptFiles {
        files = List.copyOf(files);
        refused = List.copyOf(refused);
    }

    /** All that the model of a receipt tells of, the earlier ones first. */
    public static ReceiptFiles of(JsonNode model) {
        return in(model.path(EARLIER)).and(in(model.path("mail")));
    }

    ReceiptFiles and(ReceiptFiles later) {
        return new ReceiptFiles(
                Stream.concat(files.stream(), later.files.stream()).toList(),
                Stream.concat(refused.stream(), later.refused.stream()).toList());
    }

    private static ReceiptFiles in(JsonNode told) {
        List<Refused> refused = new ArrayList<>();
        told.path("refused")
                .forEach(file -> refused.add(new Refused(
                        file.path("name").asString(""), file.path("why").asString(""))));
        return new ReceiptFiles(
                told.path("files").valueStream().map(JsonNode::asString).toList(), refused);
    }
}
