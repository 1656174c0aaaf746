using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>Which publications are urgent, and a place in each provider's urgent stream beside that in the routine one. Everything before was routine.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122061700_UrgentStreams")]
internal sealed class M017UrgentStreams : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
        => migrationBuilder.Sql("""
            ALTER TABLE publication ADD COLUMN urgent boolean NOT NULL DEFAULT false;
            CREATE INDEX ix_publication_urgent_arrival ON publication (arrival) WHERE urgent;
            CREATE INDEX ix_publication_urgent_received_arrival ON publication (arrival) WHERE urgent AND provider IS NOT NULL;
            CREATE INDEX ix_publication_urgent_feed_position ON publication (feed_position) WHERE urgent;

            ALTER TABLE inbox_lane DROP CONSTRAINT fk_inbox_lane_inbox;
            ALTER TABLE inbox
                ADD COLUMN priority smallint NOT NULL DEFAULT 0 CONSTRAINT ck_inbox_priority CHECK (priority IN (0, 1)),
                DROP CONSTRAINT pk_inbox,
                ADD CONSTRAINT pk_inbox PRIMARY KEY (agreement, provider, priority);
            ALTER TABLE inbox_lane
                ADD COLUMN priority smallint NOT NULL DEFAULT 0 CONSTRAINT ck_inbox_lane_priority CHECK (priority = CASE WHEN source IN (3, 4) THEN 1 ELSE 0 END),
                ADD CONSTRAINT fk_inbox_lane_inbox FOREIGN KEY (agreement, provider, priority) REFERENCES inbox;
            """);
}
