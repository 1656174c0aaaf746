using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>Publications and their records, partitioned by class and, for observations, by calendar year (TT) of their epoch.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122030200_Records")]
internal sealed class M003Records : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE SEQUENCE publication_key;

            CREATE TABLE label (
                id integer GENERATED ALWAYS AS IDENTITY,
                hash bytea NOT NULL CONSTRAINT ck_label_hash CHECK (octet_length(hash) = 32),
                bytes bytea NOT NULL,
                level smallint NOT NULL,
                mode smallint NOT NULL,
                releasable_to text[],
                originator_controlled boolean NOT NULL,
                CONSTRAINT pk_label PRIMARY KEY (id));
            CREATE UNIQUE INDEX ux_label_hash ON label (hash);

            CREATE TABLE publication (
                key bigint NOT NULL,
                arrival bigint NOT NULL CONSTRAINT ck_publication_arrival CHECK (arrival > 0),
                feed_position bigint CONSTRAINT ck_publication_feed_position CHECK (feed_position > 0),
                id bytea NOT NULL CONSTRAINT ck_publication_id CHECK (octet_length(id) = 32),
                document bytea NOT NULL,
                key_id bytea NOT NULL CONSTRAINT ck_publication_key_id CHECK (octet_length(key_id) = 32),
                signature bytea NOT NULL,
                originator text NOT NULL,
                size smallint NOT NULL,
                record_count smallint NOT NULL,
                known_count smallint NOT NULL,
                proof bytea NOT NULL CONSTRAINT ck_publication_proof CHECK (octet_length(proof) % 32 = 0),
                classes smallint[] NOT NULL,
                epoch_min_ns bigint NOT NULL,
                epoch_max_ns bigint NOT NULL,
                trace_parent text,
                provider text,
                agreement bytea,
                CONSTRAINT pk_publication PRIMARY KEY (key),
                CONSTRAINT ck_publication_record_count CHECK (record_count BETWEEN 1 AND size AND size <= 1000),
                CONSTRAINT ck_publication_known_count CHECK (known_count BETWEEN 0 AND record_count AND (known_count = 0 OR provider IS NOT NULL)),
                CONSTRAINT ck_publication_own CHECK ((feed_position IS NULL) = (provider IS NOT NULL) AND (provider IS NULL) = (agreement IS NULL)),
                CONSTRAINT ck_publication_own_whole CHECK (provider IS NOT NULL OR record_count = size),
                CONSTRAINT fk_publication_agreement FOREIGN KEY (agreement) REFERENCES agreement);
            CREATE UNIQUE INDEX ux_publication_arrival ON publication (arrival);
            CREATE UNIQUE INDEX ux_publication_feed_position ON publication (feed_position);
            CREATE INDEX ix_publication_id ON publication (id);

            CREATE TABLE record (
                id bytea NOT NULL CONSTRAINT ck_record_id CHECK (octet_length(id) = 32),
                class smallint NOT NULL,
                epoch_ns bigint NOT NULL,
                publication bigint NOT NULL,
                index smallint NOT NULL CONSTRAINT ck_record_index CHECK (index BETWEEN 0 AND 999),
                salt bytea NOT NULL CONSTRAINT ck_record_salt CHECK (octet_length(salt) = 16),
                label integer NOT NULL,
                regime smallint NOT NULL,
                sensor text,
                object_tag text,
                payload bytea NOT NULL,
                CONSTRAINT pk_record PRIMARY KEY (id, class, epoch_ns)) PARTITION BY LIST (class);
            CREATE INDEX ix_record_publication ON record (publication, index);
            CREATE TABLE record_observation PARTITION OF record FOR VALUES IN (1) PARTITION BY RANGE (epoch_ns);
            CREATE TABLE record_other PARTITION OF record DEFAULT;
            CREATE UNIQUE INDEX ux_record_other_id ON record_other (id);

            CREATE TABLE record_path (
                publication bigint NOT NULL,
                index smallint NOT NULL CONSTRAINT ck_record_path_index CHECK (index BETWEEN 0 AND 999),
                record bytea NOT NULL CONSTRAINT ck_record_path_record CHECK (octet_length(record) = 32),
                class smallint NOT NULL,
                epoch_ns bigint NOT NULL,
                salt bytea NOT NULL CONSTRAINT ck_record_path_salt CHECK (octet_length(salt) = 16),
                label integer NOT NULL,
                CONSTRAINT pk_record_path PRIMARY KEY (publication, index));
            """);

        // CREATE and then ATTACH: unlike CREATE ... PARTITION OF, this does not lock out those who are copying records.
        migrationBuilder.Sql("""
            CREATE FUNCTION ensure_observation_partition(year integer) RETURNS void
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $function$
            DECLARE
                part text := 'record_observation_' || year;
                ns_per_day numeric := 86400e9;
                noon_ns numeric := 43200e9;
                low text := 'MINVALUE';
                high text := 'MAXVALUE';
            BEGIN
                IF year IS NULL OR year NOT BETWEEN 1707 AND 2292 THEN
                    RAISE EXCEPTION 'No epoch falls into the year %.', year USING ERRCODE = 'numeric_value_out_of_range';
                END IF;
                PERFORM pg_advisory_xact_lock('public.record_observation'::regclass::bigint);
                IF to_regclass('public.' || part) IS NOT NULL THEN
                    RETURN;
                END IF;
                IF year > 1707 THEN
                    low := trunc((make_date(year, 1, 1) - DATE '2000-01-01') * ns_per_day - noon_ns)::text;
                END IF;
                IF year < 2292 THEN
                    high := trunc((make_date(year + 1, 1, 1) - DATE '2000-01-01') * ns_per_day - noon_ns)::text;
                END IF;
                EXECUTE format('CREATE TABLE public.%I (LIKE public.record_observation INCLUDING ALL)', part);
                EXECUTE format('ALTER TABLE public.record_observation ATTACH PARTITION public.%I FOR VALUES FROM (%s) TO (%s)', part, low, high);
            END $function$;
            REVOKE ALL ON FUNCTION ensure_observation_partition(integer) FROM PUBLIC;
            """);
        migrationBuilder.GrantToApp("USAGE", "SEQUENCE publication_key");
        migrationBuilder.GrantToApp("SELECT, INSERT", "TABLE label, publication, record, record_path");
        migrationBuilder.GrantToApp("EXECUTE", "FUNCTION ensure_observation_partition(integer)");
    }
}
