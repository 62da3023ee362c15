package dev.ronde.inbound.answer;

import dev.ronde.account.Person;
import dev.ronde.inbound.grammar.MailWord;
import dev.ronde.inbound.grammar.Understood;
import dev.ronde.inbound.inbox.InboundFile;
import dev.ronde.inbound.inbox.Reading;
import dev.ronde.inbound.message.ReadMail;
import dev.ronde.inbound.message.ReceivedFile;
import dev.ronde.platform.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of a decided message, cut to their length. */
final class InboundRow {
    private static final int TEXT = 8_000;

    private InboundRow() {}

    static Reading reading(Incoming in) {
        ReadMail mail = in.mail();
        Optional<AnsweredMail> answer = in.answered();
        return new Reading(
                mail.sort().word(),
                shortened(mail.sorted().rule(), 200),
                shortened(mail.shownFrom(), 320),
                shortened(mail.subject(), 400),
                mail.auth().verdict().word(),
                shortened(mail.auth().detail(), 400),
                answer.map(found -> found.place().word()).orElse(null),
                answer.map(AnsweredMail::grantId).orElse(null),
                answer.map(AnsweredMail::subjectId).orElse(null),
                answer.map(AnsweredMail::personId).orElse(null),
                in.writer().map(Person::id).orElse(null),
                verb(in),
                args(in.understood()),
                shortened(lines(in), 500),
                read(in) ? shortened(in.understood().comment(), TEXT) : null);
    }

    private static boolean read(Incoming in) {
        return !in.understood().equals(Understood.NOTHING);
    }

    /** What it asks for; absent where its lines ask for different things, each of which is told with the line. */
    static @Nullable String verb(Incoming in) {
        List<MailWord> verbs =
                in.understood().all().map(Understood::verb).distinct().toList();
        MailWord verb = verbs.get(0);
        return verbs.size() > 1 || verb == null ? null : verb.word();
    }

    static @Nullable String lines(Incoming in) {
        return read(in) ? in.understood().all().map(Understood::line).collect(Collectors.joining(" / ")) : null;
    }

    private static @Nullable String args(Understood said) {
        String args = said.to() != null
                ? said.to()
                : said.until() != null
                        ? said.until().toString()
                        : said.all().flatMap(one -> one.items().stream()).collect(Collectors.joining(","));
        return args.isEmpty() ? null : shortened(args, 500);
    }

    static List<InboundFile> files(UUID mailId, List<ReceivedFile> files) {
        List<InboundFile> rows = new ArrayList<>();
        for (ReceivedFile file : files) {
            rows.add(new InboundFile(
                    mailId,
                    rows.size() + 1,
                    file.name(),
                    file.declaredType(),
                    file.foundType(),
                    file.size(),
                    file.sha256(),
                    file.fate().word(),
                    file.reason().isEmpty() ? null : file.reason()));
        }
        return rows;
    }

    static @Nullable String refs(@Nullable String refs, int longest) {
        return refs == null || refs.length() <= longest
                ? refs
                : refs.substring(0, refs.lastIndexOf(' ', longest - 2)) + " …";
    }

    static @Nullable String shortened(@Nullable String text, int longest) {
        return text == null ? null : Cut.to(text, longest);
    }
}
