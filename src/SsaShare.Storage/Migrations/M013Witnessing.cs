using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>Cosignatures of this node's log; others' checkpoints that came here, those cosigned as a witness, and conflicts among them.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122061300_Witnessing")]
internal sealed class M013Witnessing : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE TABLE log_cosignature (
                size bigint NOT NULL,
                witness text NOT NULL,
                time_s bigint NOT NULL CONSTRAINT ck_log_cosignature_time_s CHECK (time_s >= 0),
                line text NOT NULL,
                CONSTRAINT pk_log_cosignature PRIMARY KEY (size, witness, time_s),
                CONSTRAINT fk_log_cosignature_log_checkpoint FOREIGN KEY (size) REFERENCES log_checkpoint);
            CREATE INDEX ix_log_cosignature_witness ON log_cosignature (witness, size);

            CREATE TABLE held_checkpoint (
                origin text NOT NULL,
                size bigint NOT NULL CONSTRAINT ck_held_checkpoint_size CHECK (size >= 0),
                root bytea NOT NULL CONSTRAINT ck_held_checkpoint_root CHECK (octet_length(root) = 32),
                note text NOT NULL,
                source text NOT NULL,
                time_ns bigint NOT NULL,
                CONSTRAINT pk_held_checkpoint PRIMARY KEY (origin, size));

            -- Each names the one before it, and no two the same: of two that were checked against one, one is stored.
            CREATE TABLE witnessed_checkpoint (
                origin text NOT NULL,
                size bigint NOT NULL,
                previous_size bigint NOT NULL CONSTRAINT ck_witnessed_checkpoint_previous_size CHECK (previous_size BETWEEN 0 AND size - 1),
                note text NOT NULL,
                time_s bigint NOT NULL CONSTRAINT ck_witnessed_checkpoint_time_s CHECK (time_s >= 0),
                CONSTRAINT pk_witnessed_checkpoint PRIMARY KEY (origin, size),
                CONSTRAINT fk_witnessed_checkpoint_held_checkpoint FOREIGN KEY (origin, size) REFERENCES held_checkpoint);
            CREATE UNIQUE INDEX ux_witnessed_checkpoint_previous ON witnessed_checkpoint (origin, previous_size);

            CREATE TABLE log_conflict (
                id bytea NOT NULL CONSTRAINT ck_log_conflict_id CHECK (octet_length(id) = 32),
                origin text NOT NULL,
                document bytea NOT NULL,
                log_index bigint NOT NULL,
                CONSTRAINT pk_log_conflict PRIMARY KEY (id),
                CONSTRAINT fk_log_conflict_log_entry FOREIGN KEY (log_index) REFERENCES log_entry);

            CREATE TABLE log_conflict_forgiven (
                conflict bytea NOT NULL,
                reason text NOT NULL,
                log_index bigint NOT NULL,
                CONSTRAINT pk_log_conflict_forgiven PRIMARY KEY (conflict),
                CONSTRAINT fk_log_conflict_forgiven_log_conflict FOREIGN KEY (conflict) REFERENCES log_conflict,
                CONSTRAINT fk_log_conflict_forgiven_log_entry FOREIGN KEY (log_index) REFERENCES log_entry);
            """);
        migrationBuilder.GrantToApp("SELECT, INSERT", "TABLE log_cosignature, held_checkpoint, witnessed_checkpoint, log_conflict, log_conflict_forgiven");
    }
}
