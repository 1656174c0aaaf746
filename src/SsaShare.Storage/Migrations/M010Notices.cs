using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>Finds what may be kept no longer, and an originator's notices, without reading everything.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122061000_Notices")]
internal sealed class M010Notices : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
        => migrationBuilder.Sql("""
            DROP INDEX ix_retention_due;
            CREATE INDEX ix_retention_due ON retention (due_ns, publication, index);
            CREATE INDEX ix_publication_agreement ON publication (agreement, key) WHERE agreement IS NOT NULL;
            CREATE INDEX ix_notice_originator ON notice (originator);
            """);
}
