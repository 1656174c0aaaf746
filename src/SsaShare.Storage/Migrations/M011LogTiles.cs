using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>The log's tree in tiles in place of single nodes; what the tree holds of an entry beside the entry; entries found by peer, agreement and time.</summary>
/// <remarks>Nothing of the tree is computed anew: tiles are put together from the nodes that stand, and an entry that is not what its leaf says ends the migration.</remarks>
[DbContext(typeof(NodeDbContext)), Migration("20261122061100_LogTiles")]
internal sealed class M011LogTiles : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            ALTER TABLE log_entry ADD COLUMN commitment bytea, ADD COLUMN peer text, ADD COLUMN agreement bytea;

            CREATE FUNCTION log_body(body bytea) RETURNS json LANGUAGE plpgsql AS $function$
            BEGIN
                RETURN convert_from(body, 'UTF8')::json;
            EXCEPTION WHEN data_exception THEN
                RETURN NULL;
            END $function$;
            CREATE FUNCTION log_payload(body bytea) RETURNS json LANGUAGE sql AS $function$
                SELECT log_body(decode(log_body(body) ->> 'payload', 'base64'))
            $function$;

            UPDATE log_entry e SET
                commitment = sha256(convert_to(E'ssashare/log-entry/v1\n', 'UTF8') || salt || convert_to(kind || E'\n' || time_ns || E'\n', 'UTF8') || body),
                peer = CASE kind
                    WHEN 'peer-pinned' THEN log_payload(body) ->> 'partnerId'
                    WHEN 'manifest-issued' THEN log_payload(body) ->> 'receiver'
                    WHEN 'manifest-received' THEN log_payload(body) ->> 'provider'
                    WHEN 'receipt-issued' THEN (SELECT m.provider FROM manifest_received m WHERE m.id = decode(log_payload(body) ->> 'manifest', 'hex'))
                    WHEN 'receipt-received' THEN log_payload(body) ->> 'receiver'
                    WHEN 'withheld' THEN (SELECT m.receiver FROM manifest_issued m WHERE m.id = decode(log_body(body) ->> 'manifest', 'hex'))
                    WHEN 'refusal' THEN coalesce(log_body(body) ->> 'peer', log_body(body) ->> 'provider')
                    WHEN 'notice' THEN (SELECT n.originator FROM notice n WHERE n.log_index = e.index AND n.via <> '{}')
                    WHEN 'notice-receipt-issued' THEN (SELECT n.originator FROM notice n WHERE n.id = decode(log_payload(body) ->> 'notice', 'hex'))
                    WHEN 'notice-receipt-received' THEN log_payload(body) ->> 'receiver'
                    WHEN 'deletion-issued' THEN log_payload(body) ->> 'provider'
                    WHEN 'deletion-received' THEN log_payload(body) ->> 'holder'
                    WHEN 'agreement-transition' THEN log_payload(body) ->> 'party'
                END,
                agreement = CASE
                    WHEN kind IN ('manifest-issued', 'manifest-received', 'deletion-issued', 'deletion-received', 'agreement-transition') THEN decode(log_payload(body) ->> 'agreement', 'hex')
                    WHEN kind = 'receipt-issued' THEN (SELECT m.agreement FROM manifest_received m WHERE m.id = decode(log_payload(body) ->> 'manifest', 'hex'))
                    WHEN kind = 'receipt-received' THEN (SELECT m.agreement FROM manifest_issued m WHERE m.id = decode(log_payload(body) ->> 'manifest', 'hex'))
                    WHEN kind = 'withheld' THEN (SELECT m.agreement FROM manifest_issued m WHERE m.id = decode(log_body(body) ->> 'manifest', 'hex'))
                    WHEN kind = 'refusal' THEN decode(log_body(body) ->> 'agreement', 'hex')
                    WHEN kind = 'agreement' THEN (SELECT c.agreement FROM agreement_change c WHERE c.log_index = e.index)
                END;
            DROP FUNCTION log_payload(bytea);
            DROP FUNCTION log_body(bytea);

            DO $check$ DECLARE damaged bigint;
            BEGIN
                SELECT coalesce(e.index, n.index) INTO damaged
                FROM log_entry e FULL JOIN (SELECT index, hash FROM log_node WHERE level = 0) n ON n.index = e.index
                WHERE n.hash IS DISTINCT FROM sha256('\x00' || e.commitment) ORDER BY 1 LIMIT 1;
                IF FOUND THEN RAISE EXCEPTION 'Entry % of the log is not what the log''s tree holds: the log was changed, and is not carried on.', damaged; END IF;
            END $check$;

            ALTER TABLE log_entry ALTER COLUMN commitment SET NOT NULL, ADD CONSTRAINT ck_log_entry_commitment CHECK (octet_length(commitment) = 32),
                ADD CONSTRAINT ck_log_entry_agreement CHECK (octet_length(agreement) = 32);
            CREATE INDEX ix_log_entry_time ON log_entry (time_ns, index);
            CREATE INDEX ix_log_entry_peer ON log_entry (peer, index) WHERE peer IS NOT NULL;
            CREATE INDEX ix_log_entry_agreement ON log_entry (agreement, index) WHERE agreement IS NOT NULL;

            CREATE TABLE log_tile (
                level smallint NOT NULL CONSTRAINT ck_log_tile_level CHECK (level BETWEEN 0 AND 7),
                index bigint NOT NULL CONSTRAINT ck_log_tile_index CHECK (index >= 0),
                hashes bytea NOT NULL CONSTRAINT ck_log_tile_hashes CHECK (octet_length(hashes) = 8192),
                root bytea NOT NULL CONSTRAINT ck_log_tile_root CHECK (octet_length(root) = 32),
                CONSTRAINT pk_log_tile PRIMARY KEY (level, index));
            -- Hashes cannot be compressed, and of most tiles only the beginning is read.
            ALTER TABLE log_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
            INSERT INTO log_tile (level, index, hashes, root)
            SELECT t.level, t.index, t.hashes, r.hash
            FROM (SELECT (level / 8)::smallint AS level, index / 256 AS index, string_agg(hash, '' ORDER BY index) AS hashes
                FROM log_node WHERE level % 8 = 0 GROUP BY 1, 2 HAVING count(*) = 256) t
            JOIN log_node r ON r.level = 8 * (t.level + 1) AND r.index = t.index;
            DROP TABLE log_node;
            """);
        migrationBuilder.GrantToApp("SELECT, INSERT", "TABLE log_tile");
    }
}
