using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>What of which publication went to whom in which form, how far limits are used up, a position for each lane, and what a degraded record was made of.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122060500_ReleaseAndLanes")]
internal sealed class M005ReleaseAndLanes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE TABLE release (
                manifest bytea NOT NULL,
                ordinal smallint NOT NULL CONSTRAINT ck_release_ordinal CHECK (ordinal >= 0),
                publication bytea NOT NULL CONSTRAINT ck_release_publication CHECK (octet_length(publication) = 32),
                profile text,
                indexes bytea NOT NULL CONSTRAINT ck_release_indexes CHECK (octet_length(indexes) BETWEEN 1 AND 125),
                CONSTRAINT pk_release PRIMARY KEY (manifest, ordinal),
                CONSTRAINT fk_release_manifest_issued FOREIGN KEY (manifest) REFERENCES manifest_issued DEFERRABLE INITIALLY DEFERRED);
            CREATE INDEX ix_release_publication ON release (publication);

            CREATE TABLE release_pace (
                agreement bytea NOT NULL,
                receiver text NOT NULL,
                limit_id text NOT NULL,
                figure smallint NOT NULL,
                virtual_ns bigint NOT NULL,
                CONSTRAINT pk_release_pace PRIMARY KEY (agreement, receiver, limit_id, figure),
                CONSTRAINT fk_release_pace_agreement FOREIGN KEY (agreement) REFERENCES agreement);

            CREATE TABLE inbox_lane (
                agreement bytea NOT NULL,
                provider text NOT NULL,
                source smallint NOT NULL,
                delay_s bigint NOT NULL CONSTRAINT ck_inbox_lane_delay_s CHECK (delay_s >= 0),
                position bigint NOT NULL CONSTRAINT ck_inbox_lane_position CHECK (position >= 0),
                CONSTRAINT pk_inbox_lane PRIMARY KEY (agreement, provider, source, delay_s),
                CONSTRAINT fk_inbox_lane_inbox FOREIGN KEY (agreement, provider) REFERENCES inbox);
            INSERT INTO inbox_lane SELECT agreement, provider, 1, 0, position FROM inbox;
            ALTER TABLE inbox DROP COLUMN position;

            ALTER TABLE publication
                ADD COLUMN profile text,
                ADD COLUMN degraded_under bytea,
                ADD COLUMN degraded_document bytea,
                ADD COLUMN degraded_key_id bytea CONSTRAINT ck_publication_degraded_key_id CHECK (octet_length(degraded_key_id) = 32),
                ADD COLUMN degraded_signature bytea,
                ADD COLUMN degraded_proof bytea CONSTRAINT ck_publication_degraded_proof CHECK (octet_length(degraded_proof) % 32 = 0),
                ADD CONSTRAINT ck_publication_degraded CHECK (num_nulls(profile, degraded_under, degraded_document, degraded_key_id, degraded_signature, degraded_proof) IN (0, 6)),
                ADD CONSTRAINT ck_publication_degraded_received CHECK (profile IS NULL OR provider IS NOT NULL);

            ALTER TABLE record
                ADD COLUMN original_leaf bytea CONSTRAINT ck_record_original_leaf CHECK (octet_length(original_leaf) = 32),
                ADD COLUMN degraded_index smallint,
                ADD COLUMN tag_removed boolean NOT NULL DEFAULT false,
                ADD CONSTRAINT ck_record_degraded CHECK ((original_leaf IS NULL) = (degraded_index IS NULL) AND (original_leaf IS NOT NULL OR NOT tag_removed));
            ALTER TABLE record_path
                ADD COLUMN degraded_index smallint;
            """);
        migrationBuilder.GrantToApp("SELECT, INSERT", "TABLE release");
        migrationBuilder.GrantToApp("SELECT, INSERT, UPDATE", "TABLE release_pace, inbox_lane");
    }
}
