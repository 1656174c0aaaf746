using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>What was given and received, with both sides' signatures, where each pull stands, and what fusion made of it.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122030300_Exchange")]
internal sealed class M004Exchange : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE TABLE manifest_issued (
                id bytea NOT NULL CONSTRAINT ck_manifest_issued_id CHECK (octet_length(id) = 32),
                agreement bytea NOT NULL,
                receiver text NOT NULL,
                document bytea NOT NULL,
                key_id bytea NOT NULL,
                signature bytea NOT NULL,
                CONSTRAINT pk_manifest_issued PRIMARY KEY (id),
                CONSTRAINT fk_manifest_issued_agreement FOREIGN KEY (agreement) REFERENCES agreement);

            CREATE TABLE receipt_received (
                manifest bytea NOT NULL,
                document bytea NOT NULL,
                key_id bytea NOT NULL,
                signature bytea NOT NULL,
                CONSTRAINT pk_receipt_received PRIMARY KEY (manifest),
                CONSTRAINT fk_receipt_received_manifest_issued FOREIGN KEY (manifest) REFERENCES manifest_issued);

            CREATE TABLE manifest_received (
                id bytea NOT NULL CONSTRAINT ck_manifest_received_id CHECK (octet_length(id) = 32),
                agreement bytea NOT NULL,
                provider text NOT NULL,
                document bytea NOT NULL,
                key_id bytea NOT NULL,
                signature bytea NOT NULL,
                CONSTRAINT pk_manifest_received PRIMARY KEY (id),
                CONSTRAINT fk_manifest_received_agreement FOREIGN KEY (agreement) REFERENCES agreement);

            CREATE TABLE receipt_issued (
                manifest bytea NOT NULL,
                document bytea NOT NULL,
                key_id bytea NOT NULL,
                signature bytea NOT NULL,
                CONSTRAINT pk_receipt_issued PRIMARY KEY (manifest),
                CONSTRAINT fk_receipt_issued_manifest_received FOREIGN KEY (manifest) REFERENCES manifest_received);

            CREATE TABLE inbox (
                agreement bytea NOT NULL,
                provider text NOT NULL,
                cursor bytea NOT NULL,
                position bigint NOT NULL CONSTRAINT ck_inbox_position CHECK (position >= 0),
                manifest bytea CONSTRAINT ck_inbox_manifest CHECK (octet_length(manifest) = 32),
                pending_receipt bytea,
                watermark_ns bigint,
                CONSTRAINT pk_inbox PRIMARY KEY (agreement, provider),
                CONSTRAINT fk_inbox_agreement FOREIGN KEY (agreement) REFERENCES agreement,
                CONSTRAINT fk_inbox_receipt_issued FOREIGN KEY (pending_receipt) REFERENCES receipt_issued);

            CREATE TABLE association (
                record bytea NOT NULL CONSTRAINT ck_association_record CHECK (octet_length(record) = 32),
                object uuid NOT NULL,
                CONSTRAINT pk_association PRIMARY KEY (record));
            """);
        migrationBuilder.GrantToApp("SELECT, INSERT", "TABLE manifest_issued, receipt_received, manifest_received, receipt_issued");
        migrationBuilder.GrantToApp("SELECT, INSERT, UPDATE", "TABLE inbox");
        migrationBuilder.GrantToApp("SELECT, INSERT, UPDATE, DELETE", "TABLE association");
    }
}
