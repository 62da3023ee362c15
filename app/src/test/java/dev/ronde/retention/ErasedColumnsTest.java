package dev.ronde.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestDatabase;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every column that a name, an address or a sentence fits into is erased, or stands here with why it is not. */
class ErasedColumnsTest {
    /** Shorter ones hold codes, references and digests. */
    private static final int LONG = 100;

    private static final Set<String> NOT_OF_A_PERSON = lines("""
            asset: ref name kind environment data_class unit address hostname tags declared_ports notes -- of assets, whoever noted it
            asset_tag: tag
            asset_version: changed state
            api_token: name -- sealed as it is, like firm and scope of an engagement
            engagement: firm
            engagement_scope: name
            legal_hold: asset_ref
            notice: about reason
            finding: summary open_key
            review: title instructions checklist baseline_digest drift_digest snapshot_digest changes checks -- of plan and configuration
            plan_version: title definition
            waiver: assertions
            check_known: title protections kinds controls
            config_state: sources
            snapshot_content: content
            snapshot_refusal: place
            pull_source: problem
            pull_stamp: place
            pull_refused: place
            pull_unsettled: place
            probe_log: what
            probe_pause: lifted_by -- a reference
            probe_task: task answer
            target_answer: host
            redaction_hit: place asset_ref check_id
            evidence_record: subject_id asset_ref check_id
            evidence_blob: media_type
            evidence_export: file_name scope
            ledger_checkpoint: note
            ledger_anchor: target cosignature
            review_file: media_type
            answer_file: media_type
            inbound_file: declared_type found_type
            inbound_mail: mailbox message_id sort_rule -- of the mailbox, not of who writes
            inbound_mailbox: name error
            outbox: dedupe_key message_id remote_id
            mail_channel: reason
            mail_grant: revoke_reason
            mail_key: disabled_reason
            held_domain: domain
            webhook: url description events secret old_secret disabled_reason
            webhook_attempt: answer
            webhook_delivery: body -- no texts of people and no names
            idempotency: idempotency_key content_type location etag body -- gone after a day
            job: params result_url error started_by
            tick: last_error
            due: ref_id
            holiday: name
            installation: organisation
            flyway_schema_history: description script installed_by
            """);

    private static Set<String> lines(String text) {
        return text.lines()
                .map(line -> line.replaceFirst(" *--.*", ""))
                .filter(line -> !line.isEmpty())
                .flatMap(line -> {
                    String[] parts = line.split(": ", 2);
                    return Pattern.compile(" ").splitAsStream(parts[1]).map(column -> parts[0] + "." + column);
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean erased(String column) {
        String[] names = column.split("\\.");
        return column.equals("evidence_private.private_text")
                || ErasureDao.STATEMENTS.stream()
                        .map(String::strip)
                        .anyMatch(statement -> statement.matches("(?s)delete from " + names[0] + "\\b.*")
                                || statement.matches("(?s)update " + names[0] + " set .*\\b" + names[1] + " =.*"));
    }

    @Test
    void everyColumnOfTextIsErasedOrKnown() {
        try (TestDatabase database = TestDatabase.open(DatabaseKind.H2)) {
            List<String> columns = Sql.texts(database.database(), """
                            select c.table_name || '.' || c.column_name
                              from information_schema.columns c join information_schema.tables t
                                on t.table_schema = c.table_schema and t.table_name = c.table_name
                             where c.table_schema = current_schema and t.table_type like '%TABLE' and c.table_name not like 'qrtz%'
                               and lower(c.data_type) like 'character%' and c.character_maximum_length >= :long""", "long", LONG);
            assertThat(columns).as("the walk finds columns").contains("person.name", "review.note");
            assertThat(columns.stream().filter(column -> !erased(column)))
                    .as("columns that ErasureDao erases nothing in; name here those that hold nothing of a person")
                    .containsExactlyInAnyOrderElementsOf(NOT_OF_A_PERSON);
        }
    }
}
