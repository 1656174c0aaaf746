using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>What the server's own upkeep does with records and log entries for nothing.</summary>
/// <remarks>
/// A partition that fills quickly is analysed again and again, by default from 30,000 of its rows, all columns sorted: a fifth of all processor time of two nodes that exchanged a million
/// records. Nobody asks for a record by its payload or salt, and of the other columns a small sample says enough. Bodies of the log that are long are mostly hashes, which
/// do not compress, but cost the attempt.
/// </remarks>
[DbContext(typeof(NodeDbContext)), Migration("20261122062100_Statistics")]
internal sealed class M021Statistics : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
        => migrationBuilder.Sql("""
            CREATE FUNCTION sample_few_records(part regclass) RETURNS void
            LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $function$
            DECLARE
                attribute record;
            BEGIN
                FOR attribute IN SELECT attname FROM pg_attribute WHERE attrelid = part AND attnum > 0 AND NOT attisdropped LOOP
                    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS %s', part, attribute.attname,
                        CASE WHEN attribute.attname IN ('salt', 'payload', 'original_leaf') THEN 0 ELSE 10 END);
                END LOOP;
            END $function$;
            REVOKE ALL ON FUNCTION sample_few_records(regclass) FROM PUBLIC;

            SELECT sample_few_records(relid) FROM pg_partition_tree('record') WHERE isleaf;

            -- As before, but for what a new partition is told.
            CREATE OR REPLACE FUNCTION ensure_observation_partition(of_year integer, of_month integer) RETURNS void
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $function$
            DECLARE
                part text := 'record_observation_' || of_year;
                low text := 'MINVALUE';
                high text := 'MAXVALUE';
                this_year integer := extract(year FROM now());
                by_month boolean;
            BEGIN
                IF of_year IS NULL OR of_year NOT BETWEEN 1707 AND 2292 OR of_month IS NULL OR of_month NOT BETWEEN 1 AND 12 THEN
                    RAISE EXCEPTION 'No epoch falls into the month % of the year %.', of_month, of_year USING ERRCODE = 'numeric_value_out_of_range';
                END IF;
                -- Whoever finds it there waits for nobody.
                IF to_regclass('public.' || part) IS NOT NULL OR to_regclass('public.' || part || to_char(of_month, 'FM"_"00')) IS NOT NULL THEN
                    RETURN;
                END IF;
                PERFORM pg_advisory_xact_lock('public.record_observation'::regclass::bigint);
                IF to_regclass('public.' || part) IS NOT NULL OR to_regclass('public.' || part || to_char(of_month, 'FM"_"00')) IS NOT NULL THEN
                    RETURN;
                END IF;
                by_month := of_year BETWEEN this_year - 1 AND this_year + 1
                    OR EXISTS (SELECT FROM generate_series(1, 12) m WHERE to_regclass('public.' || part || to_char(m, 'FM"_"00')) IS NOT NULL);
                IF by_month THEN
                    part := part || to_char(of_month, 'FM"_"00');
                    low := public.observation_bound(of_year, of_month)::text;
                    high := public.observation_bound(of_year + of_month / 12, of_month % 12 + 1)::text;
                ELSE
                    IF of_year > 1707 THEN
                        low := public.observation_bound(of_year, 1)::text;
                    END IF;
                    IF of_year < 2292 THEN
                        high := public.observation_bound(of_year + 1, 1)::text;
                    END IF;
                END IF;
                -- CREATE and then ATTACH: unlike CREATE ... PARTITION OF, this does not lock out those who are copying records.
                EXECUTE format('CREATE TABLE public.%I (LIKE public.record_observation INCLUDING ALL)', part);
                PERFORM public.sample_few_records(('public.' || part)::regclass);
                EXECUTE format('ALTER TABLE public.record_observation ATTACH PARTITION public.%I FOR VALUES FROM (%s) TO (%s)', part, low, high);
            END $function$;

            ALTER TABLE log_entry ALTER COLUMN body SET STORAGE EXTERNAL;
            """);
}
