using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>What the fusion service tells its readers of close approaches, and on which records each message rests.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122223000_ConjunctionMessages")]
internal sealed class M023ConjunctionMessages : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE TABLE conjunction_message (
                record bytea NOT NULL CONSTRAINT ck_conjunction_message_record CHECK (octet_length(record) = 32),
                reader text NOT NULL,
                first_object text NOT NULL,
                second_object text NOT NULL,
                time_ns bigint NOT NULL,
                miss_km double precision NOT NULL,
                probability double precision NULL CONSTRAINT ck_conjunction_message_probability CHECK (probability BETWEEN 0 AND 1),
                made_ns bigint NOT NULL,
                basis bytea[] NOT NULL,
                sources text NOT NULL,
                payload bytea NULL,
                label bytea NULL,
                state smallint NOT NULL CONSTRAINT ck_conjunction_message_state CHECK (state BETWEEN 1 AND 3),
                CONSTRAINT pk_conjunction_message PRIMARY KEY (record),
                -- What is still to be published is here in its bytes.
                CONSTRAINT ck_conjunction_message_content CHECK (state <> 1 OR (payload IS NOT NULL AND label IS NOT NULL)));
            CREATE INDEX ix_conjunction_message_time ON conjunction_message (time_ns);
            """);
        migrationBuilder.GrantToApp("SELECT, INSERT, DELETE, UPDATE (payload, label, state)", "TABLE conjunction_message");
    }
}
