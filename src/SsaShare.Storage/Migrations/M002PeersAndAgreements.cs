using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>Pinned node cards and agreements with their history.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122030100_PeersAndAgreements")]
internal sealed class M002PeersAndAgreements : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE TABLE peer (
                partner text NOT NULL,
                card bytea NOT NULL,
                CONSTRAINT pk_peer PRIMARY KEY (partner));

            CREATE TABLE agreement (
                id bytea NOT NULL CONSTRAINT ck_agreement_id CHECK (octet_length(id) = 32),
                envelope bytea NOT NULL,
                state smallint NOT NULL CONSTRAINT ck_agreement_state CHECK (state > 0),
                CONSTRAINT pk_agreement PRIMARY KEY (id));

            CREATE TABLE agreement_change (
                log_index bigint NOT NULL,
                agreement bytea NOT NULL,
                envelope bytea NOT NULL,
                state smallint NOT NULL,
                CONSTRAINT pk_agreement_change PRIMARY KEY (log_index),
                CONSTRAINT fk_agreement_change_agreement FOREIGN KEY (agreement) REFERENCES agreement,
                CONSTRAINT fk_agreement_change_log_entry FOREIGN KEY (log_index) REFERENCES log_entry);
            """);
        migrationBuilder.GrantToApp("SELECT, INSERT", "TABLE peer, agreement_change");
        migrationBuilder.GrantToApp("SELECT, INSERT, UPDATE", "TABLE agreement");
    }
}
