using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>The last answer in each stream and what answers said in all; the newest denial of each provider; what the operator has paused.</summary>
/// <remarks>Nothing is known of answers from before: they are counted from here on.</remarks>
[DbContext(typeof(NodeDbContext)), Migration("20261122061800_Answers")]
internal sealed class M018Answers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            ALTER TABLE inbox ADD COLUMN last_manifest bytea, ADD COLUMN answered_ns bigint;
            ALTER TABLE inbox_lane
                ADD COLUMN given bigint NOT NULL DEFAULT 0 CONSTRAINT ck_inbox_lane_given CHECK (given >= 0),
                ADD COLUMN withheld bigint NOT NULL DEFAULT 0 CONSTRAINT ck_inbox_lane_withheld CHECK (withheld >= 0);

            CREATE TABLE denial (
                agreement bytea NOT NULL,
                provider text NOT NULL,
                document bytea NOT NULL,
                key_id bytea NOT NULL CONSTRAINT ck_denial_key_id CHECK (octet_length(key_id) = 32),
                signature bytea NOT NULL,
                since_ns bigint NOT NULL,
                heard_ns bigint NOT NULL,
                CONSTRAINT pk_denial PRIMARY KEY (agreement, provider),
                CONSTRAINT fk_denial_agreement FOREIGN KEY (agreement) REFERENCES agreement);

            CREATE TABLE pause_change (
                log_index bigint NOT NULL,
                peer text NOT NULL,
                agreement bytea CONSTRAINT ck_pause_change_agreement CHECK (octet_length(agreement) = 32),
                by text NOT NULL,
                is_paused boolean NOT NULL,
                time_ns bigint NOT NULL,
                CONSTRAINT pk_pause_change PRIMARY KEY (log_index),
                CONSTRAINT fk_pause_change_log_entry FOREIGN KEY (log_index) REFERENCES log_entry);

            -- What a reader was given last, and signed for, is found without going through all that went the other way.
            CREATE INDEX ix_log_entry_given ON log_entry (agreement, peer, kind, index) WHERE kind IN ('manifest-issued', 'receipt-received');
            """);
        migrationBuilder.GrantToApp("SELECT, INSERT, UPDATE", "TABLE denial");
        migrationBuilder.GrantToApp("SELECT, INSERT", "TABLE pause_change");
    }
}
