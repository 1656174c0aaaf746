using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>What was refused when it was to be published. This node's alone, and the only table whose rows the node may drop when they are too many.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122062000_Quarantine")]
internal sealed class M020Quarantine : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE TABLE quarantine (
                id bytea NOT NULL CONSTRAINT ck_quarantine_id CHECK (octet_length(id) = 32),
                source smallint NOT NULL,
                file text NOT NULL,
                line bigint NOT NULL,
                field text NOT NULL,
                reasons text NOT NULL,
                may_pass boolean NOT NULL,
                format text NOT NULL,
                before bytea NOT NULL,
                text bytea NOT NULL,
                after bytea NOT NULL,
                is_cut boolean NOT NULL,
                label bytea NOT NULL,
                byte_count integer NOT NULL,
                time_ns bigint NOT NULL,
                last_time_ns bigint NOT NULL,
                times integer NOT NULL DEFAULT 1,
                state smallint NOT NULL DEFAULT 1 CONSTRAINT ck_quarantine_state CHECK (state BETWEEN 1 AND 3),
                remark text NOT NULL DEFAULT '',
                CONSTRAINT pk_quarantine PRIMARY KEY (id),
                CONSTRAINT ck_quarantine_content CHECK (octet_length(before) + octet_length(text) + octet_length(after) <= 262144));
            CREATE INDEX ix_quarantine_state_time ON quarantine (state, time_ns, id);

            -- One row: what all entries take, and how many open ones had to make room.
            CREATE TABLE quarantine_total (
                id smallint NOT NULL CONSTRAINT ck_quarantine_total_id CHECK (id = 1),
                bytes bigint NOT NULL,
                dropped_open bigint NOT NULL,
                CONSTRAINT pk_quarantine_total PRIMARY KEY (id));
            INSERT INTO quarantine_total (id, bytes, dropped_open) VALUES (1, 0, 0);
            """);
        migrationBuilder.GrantToApp("SELECT, INSERT, DELETE, UPDATE (last_time_ns, times, state, remark)", "TABLE quarantine");
        migrationBuilder.GrantToApp("SELECT, UPDATE (bytes, dropped_open)", "TABLE quarantine_total");
    }
}
