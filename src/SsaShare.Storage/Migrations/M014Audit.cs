using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>Which publications an entry of the log lists records of, so that entries about a record are found; who may read the log.</summary>
/// <remarks>Entries from before list no items of manifests; publications are looked up anew, notices and deletions have their own tables.</remarks>
[DbContext(typeof(NodeDbContext)), Migration("20261122061400_Audit")]
internal sealed class M014Audit : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE TABLE log_publication (
                index bigint NOT NULL,
                publication bytea NOT NULL CONSTRAINT ck_log_publication_publication CHECK (octet_length(publication) = 32),
                CONSTRAINT pk_log_publication PRIMARY KEY (index, publication),
                CONSTRAINT fk_log_publication_log_entry FOREIGN KEY (index) REFERENCES log_entry);
            CREATE INDEX ix_log_publication_publication ON log_publication (publication, index);
            INSERT INTO log_publication (index, publication)
            SELECT index, sha256(decode(convert_from(body, 'UTF8')::json ->> 'payload', 'base64')) FROM log_entry WHERE kind = 'publication';

            CREATE INDEX ix_notice_receipt_log_index ON notice_receipt (log_index);
            CREATE INDEX ix_deletion_received_log_index ON deletion_received (log_index);
            CREATE INDEX ix_deletion_received_item_deletion ON deletion_received_item (deletion);

            -- What every entry is about; of notices and their receipts, which record too.
            CREATE VIEW log_about (index, publication, record) AS
                SELECT index, publication, NULL::smallint FROM log_publication
                UNION ALL SELECT log_index, publication, index FROM notice
                UNION ALL SELECT r.log_index, n.publication, n.index FROM notice_receipt r JOIN notice n ON n.id = r.notice
                UNION ALL SELECT d.log_index, p.id, NULL FROM deletion d JOIN deletion_item i ON i.deletion = d.id JOIN publication p ON p.key = i.publication
                UNION ALL SELECT d.log_index, i.publication, NULL FROM deletion_received d JOIN deletion_received_item i ON i.deletion = d.id;

            CREATE TABLE auditor_change (
                log_index bigint NOT NULL,
                name text NOT NULL CONSTRAINT ck_auditor_change_name CHECK (length(name) BETWEEN 1 AND 64),
                pin bytea NOT NULL CONSTRAINT ck_auditor_change_pin CHECK (octet_length(pin) = 32),
                is_added boolean NOT NULL,
                time_ns bigint NOT NULL,
                CONSTRAINT pk_auditor_change PRIMARY KEY (log_index),
                CONSTRAINT fk_auditor_change_log_entry FOREIGN KEY (log_index) REFERENCES log_entry);
            """);
        migrationBuilder.GrantToApp("SELECT, INSERT", "TABLE log_publication, auditor_change");
        migrationBuilder.GrantToApp("SELECT", "TABLE log_about");
    }
}
