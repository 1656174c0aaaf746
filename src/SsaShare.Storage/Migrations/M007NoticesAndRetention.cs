using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>Notices and who has carried them out; what may be kept how long, and what was deleted.</summary>
/// <remarks>
/// The running node's role may not update records. What it may do is have a payload forgotten for which a recall, or a signed deletion of every way in which the record
/// came, is stored here; and have one that was deleted filled in again by bytes that hash to the record's id.
/// </remarks>
[DbContext(typeof(NodeDbContext)), Migration("20261122060700_NoticesAndRetention")]
internal sealed class M007NoticesAndRetention : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            ALTER TABLE record ALTER COLUMN payload DROP NOT NULL;

            CREATE TABLE notice (
                id bytea NOT NULL CONSTRAINT ck_notice_id CHECK (octet_length(id) = 32),
                log_index bigint NOT NULL,
                publication bytea NOT NULL CONSTRAINT ck_notice_publication CHECK (octet_length(publication) = 32),
                index smallint NOT NULL CONSTRAINT ck_notice_index CHECK (index BETWEEN 0 AND 999),
                originator text NOT NULL,
                action smallint NOT NULL CONSTRAINT ck_notice_action CHECK (action BETWEEN 1 AND 3),
                via text[] NOT NULL,
                document bytea NOT NULL,
                key_id bytea NOT NULL CONSTRAINT ck_notice_key_id CHECK (octet_length(key_id) = 32),
                signature bytea NOT NULL,
                CONSTRAINT pk_notice PRIMARY KEY (id),
                CONSTRAINT fk_notice_log_entry FOREIGN KEY (log_index) REFERENCES log_entry);
            CREATE UNIQUE INDEX ux_notice_log_index ON notice (log_index);
            CREATE INDEX ix_notice_publication ON notice (publication, index);

            CREATE TABLE notice_receipt (
                id bytea NOT NULL CONSTRAINT ck_notice_receipt_id CHECK (octet_length(id) = 32),
                log_index bigint NOT NULL,
                notice bytea NOT NULL,
                receiver text NOT NULL,
                is_own boolean NOT NULL,
                outcome smallint NOT NULL CONSTRAINT ck_notice_receipt_outcome CHECK (outcome BETWEEN 1 AND 3),
                document bytea NOT NULL,
                key_id bytea NOT NULL CONSTRAINT ck_notice_receipt_key_id CHECK (octet_length(key_id) = 32),
                signature bytea NOT NULL,
                CONSTRAINT pk_notice_receipt PRIMARY KEY (id),
                CONSTRAINT fk_notice_receipt_log_entry FOREIGN KEY (log_index) REFERENCES log_entry,
                CONSTRAINT fk_notice_receipt_notice FOREIGN KEY (notice) REFERENCES notice);
            CREATE UNIQUE INDEX ux_notice_receipt ON notice_receipt (notice, receiver, outcome);

            CREATE TABLE notice_delivery (
                notice bytea NOT NULL,
                partner text NOT NULL,
                is_complete boolean NOT NULL,
                CONSTRAINT pk_notice_delivery PRIMARY KEY (notice, partner),
                CONSTRAINT fk_notice_delivery_notice FOREIGN KEY (notice) REFERENCES notice);
            CREATE INDEX ix_notice_delivery_due ON notice_delivery (partner, notice) WHERE NOT is_complete;

            CREATE TABLE retention (
                publication bigint NOT NULL,
                index smallint NOT NULL CONSTRAINT ck_retention_index CHECK (index BETWEEN 0 AND 999),
                due_ns bigint NOT NULL,
                CONSTRAINT pk_retention PRIMARY KEY (publication, index));
            CREATE INDEX ix_retention_due ON retention (due_ns);

            CREATE TABLE deletion (
                id bytea NOT NULL CONSTRAINT ck_deletion_id CHECK (octet_length(id) = 32),
                log_index bigint NOT NULL,
                provider text NOT NULL,
                agreement bytea NOT NULL,
                document bytea NOT NULL,
                key_id bytea NOT NULL CONSTRAINT ck_deletion_key_id CHECK (octet_length(key_id) = 32),
                signature bytea NOT NULL,
                CONSTRAINT pk_deletion PRIMARY KEY (id),
                CONSTRAINT fk_deletion_agreement FOREIGN KEY (agreement) REFERENCES agreement,
                CONSTRAINT fk_deletion_log_entry FOREIGN KEY (log_index) REFERENCES log_entry);
            CREATE UNIQUE INDEX ux_deletion_log_index ON deletion (log_index);

            CREATE TABLE deletion_item (
                publication bigint NOT NULL,
                index smallint NOT NULL,
                deletion bytea NOT NULL,
                record bytea NOT NULL CONSTRAINT ck_deletion_item_record CHECK (octet_length(record) = 32),
                class smallint NOT NULL,
                epoch_ns bigint NOT NULL,
                CONSTRAINT pk_deletion_item PRIMARY KEY (publication, index),
                CONSTRAINT fk_deletion_item_deletion FOREIGN KEY (deletion) REFERENCES deletion);
            CREATE INDEX ix_deletion_item_deletion ON deletion_item (deletion);

            CREATE TABLE deletion_delivery (
                deletion bytea NOT NULL,
                is_complete boolean NOT NULL,
                CONSTRAINT pk_deletion_delivery PRIMARY KEY (deletion),
                CONSTRAINT fk_deletion_delivery_deletion FOREIGN KEY (deletion) REFERENCES deletion);
            CREATE INDEX ix_deletion_delivery_due ON deletion_delivery (deletion) WHERE NOT is_complete;

            CREATE TABLE deletion_received (
                id bytea NOT NULL CONSTRAINT ck_deletion_received_id CHECK (octet_length(id) = 32),
                log_index bigint NOT NULL,
                holder text NOT NULL,
                agreement bytea NOT NULL,
                document bytea NOT NULL,
                key_id bytea NOT NULL CONSTRAINT ck_deletion_received_key_id CHECK (octet_length(key_id) = 32),
                signature bytea NOT NULL,
                CONSTRAINT pk_deletion_received PRIMARY KEY (id),
                CONSTRAINT fk_deletion_received_agreement FOREIGN KEY (agreement) REFERENCES agreement,
                CONSTRAINT fk_deletion_received_log_entry FOREIGN KEY (log_index) REFERENCES log_entry);

            CREATE TABLE deletion_received_item (
                publication bytea NOT NULL CONSTRAINT ck_deletion_received_item_publication CHECK (octet_length(publication) = 32),
                index smallint NOT NULL CONSTRAINT ck_deletion_received_item_index CHECK (index BETWEEN 0 AND 999),
                deletion bytea NOT NULL,
                profile text NOT NULL,
                CONSTRAINT pk_deletion_received_item PRIMARY KEY (publication, index, deletion, profile),
                CONSTRAINT fk_deletion_received_item_deletion_received FOREIGN KEY (deletion) REFERENCES deletion_received);
            """);

        // A record whose stored row is the node's own is never forgotten: only what came from others is.
        migrationBuilder.Sql("""
            CREATE FUNCTION forget_recalled(publications bytea[]) RETURNS bigint
            LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $function$
                WITH recalled AS (
                    SELECT p.key AS publication, n.index
                    FROM public.notice n JOIN public.publication p ON p.id = n.publication AND p.originator = n.originator
                    WHERE n.action = 3 AND n.publication = ANY(publications) AND p.provider IS NOT NULL),
                stored AS (
                    SELECT publication, index FROM recalled
                    UNION
                    SELECT r.publication, r.index
                    FROM recalled c
                    JOIN public.record_path k ON k.publication = c.publication AND k.index = c.index
                    JOIN public.record r ON (r.id, r.class, r.epoch_ns) = (k.record, k.class, k.epoch_ns)
                    JOIN public.publication p ON p.key = r.publication
                    WHERE p.provider IS NOT NULL),
                forgotten AS (
                    UPDATE public.record r SET payload = NULL, sensor = NULL, object_tag = NULL, regime = 0
                    FROM stored s WHERE r.publication = s.publication AND r.index = s.index AND r.payload IS NOT NULL
                    RETURNING 1)
                SELECT count(*) FROM forgotten
            $function$;
            REVOKE ALL ON FUNCTION forget_recalled(bytea[]) FROM PUBLIC;

            CREATE FUNCTION forget_deleted(deletions bytea[]) RETURNS bigint
            LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $function$
                WITH item AS (SELECT DISTINCT record, class, epoch_ns FROM public.deletion_item WHERE deletion = ANY(deletions)),
                kept AS (
                    SELECT i.record FROM item i JOIN public.record r ON (r.id, r.class, r.epoch_ns) = (i.record, i.class, i.epoch_ns)
                    WHERE NOT EXISTS (SELECT FROM public.deletion_item d WHERE d.publication = r.publication AND d.index = r.index)
                    UNION
                    SELECT i.record FROM item i JOIN public.record_path k ON k.record = i.record
                    WHERE NOT EXISTS (SELECT FROM public.deletion_item d WHERE d.publication = k.publication AND d.index = k.index)),
                forgotten AS (
                    UPDATE public.record r SET payload = NULL, sensor = NULL, object_tag = NULL, regime = 0
                    FROM item i
                    WHERE (r.id, r.class, r.epoch_ns) = (i.record, i.class, i.epoch_ns) AND r.payload IS NOT NULL
                        AND NOT EXISTS (SELECT FROM kept WHERE kept.record = i.record)
                        AND EXISTS (SELECT FROM public.publication p WHERE p.key = r.publication AND p.provider IS NOT NULL)
                    RETURNING 1)
                SELECT count(*) FROM forgotten
            $function$;
            REVOKE ALL ON FUNCTION forget_deleted(bytea[]) FROM PUBLIC;

            CREATE FUNCTION refill_record(wanted bytea, of_class smallint, at_ns bigint, given bytea, of_sensor text, of_object text, in_regime smallint) RETURNS boolean
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $function$
            BEGIN
                UPDATE public.record r SET payload = given, sensor = of_sensor, object_tag = of_object, regime = in_regime
                FROM public.publication p
                WHERE r.id = wanted AND r.class = of_class AND r.epoch_ns = at_ns AND r.payload IS NULL AND p.key = r.publication
                    AND r.id = sha256(convert_to(E'ssashare/record/v1\n', 'UTF8') || set_byte('\x00'::bytea, 0, r.class::integer)
                        || set_byte('\x00'::bytea, 0, octet_length(p.originator)) || convert_to(p.originator, 'UTF8') || given)
                    AND NOT EXISTS (SELECT FROM public.notice n WHERE n.publication = p.id AND n.index = r.index AND n.originator = p.originator AND n.action = 3)
                    AND NOT EXISTS (
                        SELECT FROM public.record_path k JOIN public.publication q ON q.key = k.publication
                        JOIN public.notice n ON n.publication = q.id AND n.index = k.index AND n.originator = q.originator
                        WHERE k.record = r.id AND n.action = 3);
                RETURN FOUND;
            END $function$;
            REVOKE ALL ON FUNCTION refill_record(bytea, smallint, bigint, bytea, text, text, smallint) FROM PUBLIC;
            """);
        migrationBuilder.GrantToApp("SELECT, INSERT", "TABLE notice, notice_receipt, deletion, deletion_item, deletion_received, deletion_received_item");
        migrationBuilder.GrantToApp("SELECT, INSERT, UPDATE", "TABLE notice_delivery, deletion_delivery");
        migrationBuilder.GrantToApp("SELECT, INSERT, DELETE", "TABLE retention");
        migrationBuilder.GrantToApp("EXECUTE", "FUNCTION forget_recalled(bytea[])");
        migrationBuilder.GrantToApp("EXECUTE", "FUNCTION forget_deleted(bytea[])");
        migrationBuilder.GrantToApp("EXECUTE", "FUNCTION refill_record(bytea, smallint, bigint, bytea, text, text, smallint)");
    }
}
