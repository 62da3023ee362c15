package dev.ronde.review.file;

import static dev.ronde.review.ReviewServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.json.Json;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewServer;
import dev.ronde.review.TestReviews;
import dev.ronde.review.answer.Remarks;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Elsewhere;
import dev.ronde.testing.OnOneDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files as evidence, from outside. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
class ReviewFilesTest {

    private static final byte[] PDF = "%PDF-1.7\nevidence".getBytes(StandardCharsets.US_ASCII);

    @AutoClose
    private final ReviewServer server;

    private String files = "";

    ReviewFilesTest(DatabaseKind kind) {
        server = new ReviewServer(kind);
    }

    @BeforeEach
    void oneOpenReview() {
        server.importAssets("""
                ref,name,kind,owner_email,criticality
                web-01,Web one,service.redis,alice@corp.example,high
                web-02,Web two,service.redis,bob@corp.example,high
                """);
        status(201, server.post("/api/v1/plans", TestReviews.QUARTERLY));
        files = "/api/v1/reviews/" + server.first("web-01") + "/files";
    }

    @Test
    void whatIsAddedIsKeptByItsDigestAndHandedOutAsAnAttachment() {
        JsonNode file = created(add("../../Écran <1>.pdf", PDF));
        assertThat(file.get("name").asString()).isEqualTo("Écran _1_.pdf");
        assertThat(file.get("media_type").asString()).isEqualTo("application/pdf");
        String sha256 = file.get("sha256").asString();
        HttpResponse<String> got = server.get(files + "/" + sha256);
        assertThat(got.body()).isEqualTo("%PDF-1.7\nevidence");
        assertThat(got.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment; filename*=UTF-8''%C3%89cran");
        assertThat(got.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(got.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("sandbox");
        created(add("the same.pdf", PDF));
        assertThat(Json.tree(server.get(files).body()).get("items")).hasSize(1);
        String page =
                server.get(files.replace("/api/v1", "").replace("/files", "")).body();
        assertThat(page).contains("Écran _1_.pdf", sha256, "Evidence added");
        assertThat(server.base.records(server.base.reload(review()))).contains("review.evidence-added");
        server.as(server.base.bob, Role.OWNER);
        status(404, server.get(files + "/" + sha256));
        status(404, add("mine.pdf", PDF));
    }

    /** Several at once are as if one came after the other. */
    @Test
    void filesThatComeTogetherKeepTheLimitAndTheSameOneIsKnown() {
        List<Integer> same = together(8, n -> "the same".getBytes(StandardCharsets.UTF_8));
        assertThat(same).containsOnly(201);
        assertThat(Json.tree(server.get(files).body()).get("items")).hasSize(1);
        List<Integer> others = together(24, n -> ("note " + n).getBytes(StandardCharsets.UTF_8));
        assertThat(others).filteredOn(status -> status == 201).hasSize(19);
        assertThat(others).filteredOn(status -> status == 409).hasSize(5);
    }

    private List<Integer> together(int count, IntFunction<byte[]> content) {
        List<CompletableFuture<Integer>> sent = IntStream.range(0, count)
                .mapToObj(n ->
                        Elsewhere.supply(() -> add(n + ".txt", content.apply(n)).statusCode()))
                .toList();
        return sent.stream().map(CompletableFuture::join).toList();
    }

    @Test
    void whatIsNotWhatItsNameSaysIsRefused() throws IOException {
        refused("shot.png", PDF, "not what its name says");
        refused("run.exe", new byte[] {'M', 'Z', 1}, "program");
        refused("photo.tiff", new byte[] {'I', 'I', 42, 0}, "are not taken");
        refused("page.html", "<html>".getBytes(StandardCharsets.UTF_8), "can run");
        refused("page.txt", "  <!DOCTYPE html><script>".getBytes(StandardCharsets.UTF_8), "can run");
        refused("drawing.xml", "<svg onload='x'>".getBytes(StandardCharsets.UTF_8), "can run");
        refused("run.log", "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), "program");
        refused("binary.csv", new byte[] {'a', 0, 'b'}, "not what its name says");
        refused("empty.txt", new byte[0], "empty");
        refused("macro.docx", zip("word/document.xml", "word/vbaProject.bin"), "macros");
        refused("nested.zip", zip("inner.zip"), "another archive");
        refused("tool.zip", zip("a/setup.EXE"), "program");
        refused("broken.zip", new byte[] {'P', 'K', 3, 4, 0, 0}, "read to its end");
        byte[] hidden = zip("a.txt");
        int entry = new String(hidden, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        hidden[entry + 8] |= 1;
        refused("hidden.zip", hidden, "encrypted");
        status(201, add("fine.zip", zip("a.txt", "b/c.csv")));
        status(201, add("notes.md", "déjà vu".getBytes(StandardCharsets.UTF_8)));
        status(413, add("big.txt", new byte[ReviewFiles.MAX_BYTES + 1]));
    }

    /** What came with an answer by mail stands in the same list, and is handed out in the same way. */
    @Test
    void filesOfAnswersAreAmongThem() {
        created(add("first.txt", "first".getBytes(StandardCharsets.UTF_8)));
        server.base.clock.advance(Duration.ofMinutes(1));
        server.base.database.useTransaction(tx -> server.room
                .remarks()
                .comment(
                        tx,
                        server.base.reload(review()),
                        "See the file.",
                        List.of(new Remarks.Enclosure("report.pdf", "application/pdf", PDF)),
                        TestReviews.link(server.base.alice),
                        Channel.REPLY));
        JsonNode items = Json.tree(server.get(files).body()).get("items");
        assertThat(items.findValuesAsString("name")).containsExactly("first.txt", "report.pdf");
        assertThat(items.findValuesAsString("channel")).containsExactly("api", "reply");
        String sha256 = items.get(1).get("sha256").asString();
        assertThat(server.get(files + "/" + sha256).body()).isEqualTo("%PDF-1.7\nevidence");
        String page =
                server.get(files.replace("/api/v1", "").replace("/files", "")).body();
        assertThat(page).contains("first.txt", "report.pdf", "answer to a mail", sha256);
        // the same bytes again are the same file
        created(add("copy.pdf", PDF));
        assertThat(Json.tree(server.get(files).body()).get("items")).hasSize(2);
        server.as(server.base.bob, Role.OWNER);
        status(404, server.get(files + "/" + sha256));
    }

    private Review review() {
        return server.base.database.read(handle -> server.room.reviews().get(handle, server.first("web-01")));
    }

    private void refused(String name, byte[] content, String why) {
        HttpResponse<String> answer = add(name, content);
        assertThat(answer.statusCode()).as(name).isEqualTo(422);
        assertThat(answer.body()).as(name).contains(why, "file_refused");
    }

    private HttpResponse<String> add(String name, byte[] content) {
        return server.bytes(files + "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8), content);
    }

    private static JsonNode created(HttpResponse<String> answer) {
        status(201, answer);
        return Json.tree(answer.body());
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("content".getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }
}
