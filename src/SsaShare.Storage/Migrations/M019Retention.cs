using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>How long own records are kept, and partitions of the record table that can be dropped when nothing in them is kept any more.</summary>
/// <remarks>
/// The running node's role can ask for what is over to be dropped; what is over is decided here, by rules that only the owner writes. Observations of
/// about now are partitioned by month of their epoch (TT), those of other years by year, so that nobody can fill the database with partitions.
/// </remarks>
[DbContext(typeof(NodeDbContext)), Migration("20261122061900_Retention")]
internal sealed class M019Retention : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE TABLE own_retention (
                class smallint NOT NULL CONSTRAINT ck_own_retention_class CHECK (class BETWEEN 1 AND 7),
                keep_s bigint NOT NULL CONSTRAINT ck_own_retention_keep_s CHECK (keep_s >= 86400),
                CONSTRAINT pk_own_retention PRIMARY KEY (class));

            CREATE TABLE dropped_part (
                part text NOT NULL,
                records bigint NOT NULL,
                dropped timestamp with time zone NOT NULL,
                CONSTRAINT pk_dropped_part PRIMARY KEY (part, dropped));

            CREATE TABLE dropped_publication (
                publication bigint NOT NULL,
                records integer NOT NULL CONSTRAINT ck_dropped_publication_records CHECK (records >= 0),
                CONSTRAINT pk_dropped_publication PRIMARY KEY (publication),
                CONSTRAINT fk_dropped_publication_publication FOREIGN KEY (publication) REFERENCES publication);

            CREATE TABLE inbox_snapshot (
                agreement bytea NOT NULL,
                provider text NOT NULL,
                source smallint NOT NULL,
                delay_s bigint NOT NULL,
                held_from_position bigint NOT NULL,
                dropped_records bigint NOT NULL,
                at_ns bigint NOT NULL,
                CONSTRAINT pk_inbox_snapshot PRIMARY KEY (agreement, provider, source, delay_s),
                CONSTRAINT fk_inbox_snapshot_agreement FOREIGN KEY (agreement) REFERENCES agreement);
            """);

        migrationBuilder.Sql("""
            CREATE FUNCTION observation_bound(year integer, month integer) RETURNS bigint
            LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $function$
                SELECT ((make_date(year, month, 1) - DATE '2000-01-01') * 86400000000000::numeric - 43200000000000::numeric)::bigint
            $function$;
            REVOKE ALL ON FUNCTION observation_bound(integer, integer) FROM PUBLIC;

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

            DROP FUNCTION ensure_observation_partition(integer);
            CREATE FUNCTION ensure_observation_partition(of_year integer, of_month integer) RETURNS void
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
                -- By a query: to_regclass would still say what it said before the lock was waited for.
                IF EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname IN (part, part || to_char(of_month, 'FM"_"00'))) THEN
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
            REVOKE ALL ON FUNCTION ensure_observation_partition(integer, integer) FROM PUBLIC;
            """);

        // A publication is kept as long as the class of its records that is kept longest.
        migrationBuilder.Sql("""
            CREATE FUNCTION is_own_over(classes smallint[], document bytea) RETURNS boolean
            LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $function$
                SELECT count(*) = cardinality(classes)
                    AND (convert_from(document, 'UTF8')::jsonb ->> 'published')::timestamptz + max(keep_s) * interval '1 second' <= now()
                FROM public.own_retention WHERE class = ANY(classes)
            $function$;
            REVOKE ALL ON FUNCTION is_own_over(smallint[], bytea) FROM PUBLIC;

            CREATE FUNCTION may_drop_observations(part regclass, low bigint, high bigint, after_arrival bigint) RETURNS boolean
            LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $function$
            DECLARE
                is_kept boolean;
            BEGIN
                -- The newest first: of a partition that is in use it says at once that it stays.
                SELECT NOT public.is_own_over(p.classes, p.document) INTO is_kept FROM public.publication p
                WHERE p.feed_position IS NOT NULL AND p.arrival > after_arrival AND 1 = ANY(p.classes) AND p.epoch_min_ns < high AND p.epoch_max_ns >= low
                ORDER BY p.feed_position DESC LIMIT 1;
                IF is_kept THEN
                    RETURN false;
                END IF;
                IF EXISTS (
                    SELECT FROM public.publication p WHERE p.feed_position IS NOT NULL AND p.arrival > after_arrival AND 1 = ANY(p.classes) AND p.epoch_min_ns < high AND p.epoch_max_ns >= low
                        AND NOT public.is_own_over(p.classes, p.document)) THEN
                    RETURN false;
                END IF;
                -- Others' records stay until they were recalled, or deleted by every way in which they came: then the payload is gone. As long as one of a publication is left,
                -- in whatever partition, all partitions with rows of it stay: what is not whole is passed on to nobody.
                EXECUTE format('SELECT EXISTS (
                    SELECT FROM public.publication p WHERE p.provider IS NOT NULL AND p.arrival > $1 AND 1 = ANY(p.classes) AND p.epoch_min_ns < $3 AND p.epoch_max_ns >= $2
                        AND EXISTS (SELECT FROM %s r WHERE r.publication = p.key)
                        AND EXISTS (SELECT FROM public.record r WHERE r.publication = p.key AND r.payload IS NOT NULL))', part) INTO is_kept USING after_arrival, low, high;
                RETURN NOT is_kept;
            END $function$;
            REVOKE ALL ON FUNCTION may_drop_observations(regclass, bigint, bigint, bigint) FROM PUBLIC;

            CREATE FUNCTION drop_over_observations() RETURNS TABLE(dropped text, dropped_records bigint)
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '500ms' AS $function$
            DECLARE
                child record;
                low bigint;
                high bigint;
                stood bigint;
                now_ns bigint := (extract(epoch FROM now() - TIMESTAMPTZ '2000-01-01 12:00:00+00') * 1000000000)::bigint;
                total bigint;
            BEGIN
                -- Of two that drop at once the second gives up. Whoever makes partitions is not kept waiting by the scan.
                PERFORM pg_advisory_xact_lock('public.dropped_part'::regclass::bigint);
                FOR child IN
                    SELECT c.oid::regclass AS part, c.relname, split_part(c.relname, '_', 3)::integer AS of_year, nullif(split_part(c.relname, '_', 4), '')::integer AS of_month
                    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'public.record_observation'::regclass ORDER BY 3, 4
                LOOP
                    low := CASE WHEN child.of_year = 1707 AND child.of_month IS NULL THEN -9223372036854775808 ELSE public.observation_bound(child.of_year, coalesce(child.of_month, 1)) END;
                    CONTINUE WHEN child.of_year >= 2292;
                    high := CASE WHEN child.of_month IS NULL THEN public.observation_bound(child.of_year + 1, 1)
                        ELSE public.observation_bound(child.of_year + child.of_month / 12, child.of_month % 12 + 1) END;
                    -- What is still growing, or empty, stays.
                    CONTINUE WHEN high > now_ns;
                    SELECT arrival INTO stood FROM public.head;
                    CONTINUE WHEN NOT public.may_drop_observations(child.part, low, high, 0);
                    EXECUTE format('
                        WITH brought AS (SELECT publication, count(*)::integer AS records FROM %s GROUP BY publication),
                        way AS (SELECT publication, 0 AS records FROM public.record_path WHERE class = 1 AND epoch_ns >= $1 AND epoch_ns < $2 GROUP BY publication),
                        kept AS (
                            INSERT INTO public.dropped_publication (publication, records)
                            SELECT publication, sum(records) FROM (SELECT * FROM brought UNION ALL SELECT * FROM way) one GROUP BY publication
                            ON CONFLICT (publication) DO UPDATE SET records = public.dropped_publication.records + excluded.records)
                        SELECT coalesce(sum(records), 0) FROM brought', child.part) INTO total USING low, high;
                    CONTINUE WHEN total = 0;
                    EXECUTE format('DELETE FROM public.retention t USING %s r WHERE t.publication = r.publication AND t.index = r.index', child.part);
                    DELETE FROM public.retention t USING public.record_path k
                    WHERE t.publication = k.publication AND t.index = k.index AND k.class = 1 AND k.epoch_ns >= low AND k.epoch_ns < high;
                    -- Readers and writers are kept waiting from here to the commit, and no longer than the lock's timeout before. Whoever copied before has committed now.
                    PERFORM pg_advisory_xact_lock('public.record_observation'::regclass::bigint);
                    LOCK TABLE ONLY public.record_observation IN ACCESS EXCLUSIVE MODE;
                    EXECUTE format('LOCK TABLE ONLY %s IN ACCESS EXCLUSIVE MODE', child.part);
                    IF EXISTS (SELECT FROM public.publication p WHERE p.arrival > stood AND 1 = ANY(p.classes) AND p.epoch_min_ns < high AND p.epoch_max_ns >= low) THEN
                        RAISE EXCEPTION 'Records came into % meanwhile.', child.relname USING ERRCODE = 'lock_not_available';
                    END IF;
                    EXECUTE format('DROP TABLE %s', child.part);
                    INSERT INTO public.dropped_part (part, records, dropped) VALUES (child.relname, total, now());
                    RETURN QUERY SELECT child.relname::text, total;
                    RETURN;
                END LOOP;
            END $function$;
            REVOKE ALL ON FUNCTION drop_over_observations() FROM PUBLIC;

            -- Records of other classes share a partition with what is kept: they go publication by publication.
            CREATE FUNCTION delete_over_others(publications_max integer) RETURNS bigint
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $function$
            DECLARE
                keys bigint[];
                total bigint;
            BEGIN
                SELECT coalesce(array_agg(key), '{}') INTO keys FROM (
                    SELECT p.key FROM public.publication p
                    WHERE p.feed_position IS NOT NULL AND p.classes <> '{1}' AND EXISTS (SELECT FROM public.record_other r WHERE r.publication = p.key) AND public.is_own_over(p.classes, p.document)
                    ORDER BY p.feed_position LIMIT publications_max) over;
                WITH gone AS (DELETE FROM public.record_other r WHERE r.publication = ANY(keys) RETURNING r.publication, r.id, r.class, r.epoch_ns),
                counted AS (SELECT publication, count(*)::integer AS records FROM gone GROUP BY publication),
                way AS (
                    SELECT DISTINCT k.publication, 0 AS records FROM public.record_path k JOIN gone g ON k.record = g.id AND k.class = g.class AND k.epoch_ns = g.epoch_ns),
                kept AS (
                    INSERT INTO public.dropped_publication (publication, records)
                    SELECT publication, sum(records) FROM (SELECT * FROM counted UNION ALL SELECT * FROM way) one GROUP BY publication
                    ON CONFLICT (publication) DO UPDATE SET records = public.dropped_publication.records + excluded.records)
                SELECT coalesce(sum(records), 0) INTO total FROM counted;
                RETURN total;
            END $function$;
            REVOKE ALL ON FUNCTION delete_over_others(integer) FROM PUBLIC;
            """);
        migrationBuilder.GrantToApp("SELECT", "TABLE own_retention, dropped_part, dropped_publication");
        migrationBuilder.GrantToApp("SELECT, INSERT, UPDATE", "TABLE inbox_snapshot");
        migrationBuilder.GrantToApp("EXECUTE", "FUNCTION ensure_observation_partition(integer, integer)");
        migrationBuilder.GrantToApp("EXECUTE", "FUNCTION drop_over_observations()");
        migrationBuilder.GrantToApp("EXECUTE", "FUNCTION delete_over_others(integer)");
    }
}
